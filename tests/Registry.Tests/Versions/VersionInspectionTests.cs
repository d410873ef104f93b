using System.Text;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Versions;

public sealed class VersionInspectionTests
{
    private static readonly byte[] Report = Encoding.UTF8.GetBytes("""{"checks":[{"name":"finite","ok":false,"message":"NaN."}]}""");

    [DatabaseFact]
    public async Task An_inspection_is_kept_with_its_version_and_named_by_the_ledger()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await RegisteredAsync(given);

        await using GovernanceDb db = given.Db();
        VersionInspection inspection = await db.Inspections.SingleAsync();

        Assert.Equal((version.Id, 1, version.RegisteredAt), (inspection.Version, inspection.Faults, inspection.InspectedAt));
        Assert.Equal(Report, await given.Get<ArtifactStore>().ReadAsync(inspection.Report, default));
        Assert.Contains(await db.Ledger.ToListAsync(), entry => entry is { Action: "version.inspected", SubjectKind: "inspection" } && entry.SubjectId == version.Id.ToString());
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseTheory]
    [InlineData("UPDATE Inspections SET Faults = 0")]
    [InlineData("DELETE FROM Inspections")]
    [InlineData("INSERT OR REPLACE INTO Inspections SELECT Version, Report, 0, InspectedAt FROM Inspections")]
    public async Task A_trigger_stops_what_would_change_it(string sql)
    {
        await using Given given = await Given.RegistryAsync();
        await RegisteredAsync(given);

        given.AssertGuarded(sql);
    }

    private static async Task<ModelVersion> RegisteredAsync(Given given)
    {
        await given.ModelAsync("credit");
        using MemoryStream artifact = new("weights"u8.ToArray());
        RegisterVersionOutcome outcome = await given.Get<RegisterVersion>().RunAsync(
            Actor.Person(given.Developer), new NewVersion("credit", artifact, 100, null, null, []) { Inspection = new NewInspection(Report, 1) }, default);
        return Assert.IsType<RegisterVersionOutcome.Registered>(outcome).Version;
    }
}

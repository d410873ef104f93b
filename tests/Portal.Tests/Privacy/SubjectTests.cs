using System.Text;
using System.Text.Json;
using AngleSharp.Html.Dom;
using Governance.Audit.Data;
using Governance.Audit.Privacy;
using Governance.Audit.Registrations;
using Governance.Audit.Runs;
using Governance.Portal.Features.Datasets;
using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Privacy;
using Governance.Registry.Retention;
using Governance.Registry.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.Portal.Tests.Privacy;

[Collection(PortalTests.Name)]
public sealed class SubjectTests(SamplePortal portal)
{
    [Fact]
    public async Task A_persons_rows_are_found_by_count_and_erased_by_a_second_person()
    {
        Dataset dataset = await DatasetAsync("people-a", "customer_id,income,city\r\nA-1,10,Bonn\r\nB-2,20,=Rome\r\na-1 ,30,\r\n");
        using SignedInClient carl = await portal.SignInAsync("carl");
        using SignedInClient otto = await portal.SignInAsync("otto");

        IHtmlDocument found = await carl.SubmitAsync(
            "/privacy/subjects", "#person", ("Form.Person", "customer_id=A-1"), ("Form.Reason", "Letter 17"), ("Form.Action", "erase"));
        Assert.StartsWith("2 rows of this person in 1 of 1 data set", found.QuerySelector("#found")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Bonn", found.Body!.TextContent, StringComparison.Ordinal);
        IHtmlDocument erased = await otto.SubmitAsync("/privacy/subjects", "#Carry-person", ("Carry.Person", "customer_id=A-1"));
        Assert.Contains("2 rows left out of people-a; 'people-a-2' holds the others.", erased.Body!.TextContent, StringComparison.Ordinal);

        Assert.False(portal.Services.GetRequiredService<ArtifactStore>().Contains(dataset.Digest));
        AuditTable left = await portal.Services.GetRequiredService<LoadAuditInputs>().TableAsync("people-a-2", default);
        Assert.Equal(["B-2", "20", "=Rome"], left.Table.Columns.Select(column => column.Text(0)));
        Assert.Equal(1, left.Table.Rows);
        InputException gone = await Assert.ThrowsAsync<InputException>(
            () => portal.Services.GetRequiredService<LoadAuditInputs>().TableAsync("people-a", default));
        Assert.Contains("cannot be computed again bit for bit", gone.Message, StringComparison.Ordinal);
        Assert.IsType<LedgerVerdict.Holds>(await portal.Services.GetRequiredService<VerifyLedger>().RunAsync(default));
        Assert.Empty((await portal.Services.GetRequiredService<VerifyArtifacts>().RunAsync(default)).Faults);
        Assert.Empty((await FindAsync("rita", "customer_id=A-1")).Found);
    }

    [Fact]
    public async Task A_legal_hold_keeps_the_rows_and_the_request_stays_open()
    {
        Dataset dataset = await DatasetAsync("people-b", "patient_id,income\r\n7,10\r\n8,20\r\n");
        SubjectRequest request = await AskAsync(SubjectRequestKind.Erase, "patient_id=7");
        await portal.Services.GetRequiredService<ChangeRetention>().HoldAsync(
            Actor.Person(portal["carl"]), RetainedItem.Of(dataset.Id), "Case 9", default);

        ReplacedDataset kept = Assert.Single(await portal.Services.GetRequiredService<EraseSubject>().RunAsync(
            Actor.Person(portal["otto"]), request.Id, SubjectKey.Parse(["patient_id=7"]), default));

        Assert.Contains("legal hold", kept.Kept!, StringComparison.Ordinal);
        Assert.True(portal.Services.GetRequiredService<ArtifactStore>().Contains(dataset.Digest));
        Assert.Null((await RequestAsync(request.Id)).CarriedOutAt);
    }

    [Fact]
    public async Task A_copy_is_handed_out_by_a_reviewer_whose_grant_names_personal_rows()
    {
        await DatasetAsync("people-c", "member_id,income,name\r\nm1,10,Ann\r\nm2,20,Bob\r\n");
        SubjectRequest request = await AskAsync(SubjectRequestKind.Export, "member_id=m1");
        ExportSubject export = portal.Services.GetRequiredService<ExportSubject>();
        SubjectKey person = SubjectKey.Parse(["member_id=M1"]);
        foreach (string user in (string[])["rita", "carl", "otto", "dev"])
        {
            await Assert.ThrowsAsync<InputException>(() => export.RunAsync(Actor.Person(portal[user]), request.Id, person, default));
        }

        UserId ruth = await ReviewerAsync("ruth");
        InputException other = await Assert.ThrowsAsync<InputException>(
            () => export.RunAsync(Actor.Person(ruth), request.Id, SubjectKey.Parse(["member_id=m2"]), default));
        Assert.StartsWith("There is no such request about this person", other.Message, StringComparison.Ordinal);

        JsonElement copy = JsonSerializer.Deserialize<JsonElement>(await export.RunAsync(Actor.Person(ruth), request.Id, person, default));

        JsonElement row = Assert.Single(copy.GetProperty("datasets")[0].GetProperty("rows").EnumerateArray());
        Assert.Equal("Ann", row.GetProperty("name").GetString());
        await using GovernanceDb db = await DbAsync();
        Assert.Contains(await db.RowReads.Where(read => read.Person == ruth).ToListAsync(), read => read is { Kind: ReadKind.Subject, Purpose: ReadPurpose.Export, Unmasked: true });
        await Assert.ThrowsAsync<InputException>(() => export.RunAsync(Actor.Person(ruth), request.Id, person, default));
    }

    [Fact]
    public async Task Whoever_asks_does_not_carry_it_out_and_the_database_holds_no_name()
    {
        await DatasetAsync("people-d", "applicant_id,income\r\nzebra-4711,10\r\n");
        SubjectRequest request = await AskAsync(SubjectRequestKind.Erase, "applicant_id=zebra-4711");

        Assert.Equal("own-request", SubjectPolicy.RefusalForCarryingOut(request, request.RequestedBy, new HashSet<Role> { Role.Operator }, false)!.Code);
        Assert.Equal("no-right", SubjectPolicy.RefusalForCarryingOut(request, portal["ada"], new HashSet<Role> { Role.Administrator }, false)!.Code);
        await using GovernanceDb db = await DbAsync();
        List<string> leaves = await db.Ledger.Select(entry => entry.Leaf).ToListAsync();
        Assert.DoesNotContain(leaves, leaf => leaf.Contains("zebra", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("zebra", request.ToFact().ToJsonString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_mark_can_be_added_to_a_registered_data_set_and_never_taken_away()
    {
        await DatasetAsync("people-e", "income,town\r\n10,Bonn\r\n");
        using SignedInClient dev = await portal.SignInAsync("dev");

        IHtmlDocument page = await dev.SubmitAsync(
            "/privacy/columns", "#column", ("Form.Dataset", "people-e"), ("Form.Column", "town"), ("Form.Kind", "Personal"));

        Assert.Contains("town", page.QuerySelectorAll("tr").Single(line => line.TextContent.Contains("people-e", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        await using GovernanceDb db = await DbAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => db.Database.ExecuteSqlRawAsync("DELETE FROM ColumnMarks"));
    }

    private async Task<Dataset> DatasetAsync(string name, string csv)
    {
        RegisterDatasetOutcome outcome = await portal.Services.GetRequiredService<AdmitDataset>().RunAsync(
            Actor.Person(portal["dev"]), name, name, Encoding.UTF8.GetBytes(csv), ColumnGuess.Of, null, null, default);
        return Assert.IsType<RegisterDatasetOutcome.Registered>(outcome).Dataset;
    }

    private async Task<SubjectRequest> AskAsync(SubjectRequestKind kind, string person)
    {
        FactDigest key = await SubjectKey.Parse([person]).DigestAsync(portal.Services.GetRequiredService<PrivacyKey>(), default);
        AskOutcome outcome = await portal.Services.GetRequiredService<SubjectRequests>().AskAsync(Actor.Person(portal["carl"]), kind, key, "Letter 18", default);
        return Assert.IsType<AskOutcome.Asked>(outcome).Request;
    }

    private Task<SubjectSearch> FindAsync(string user, string person) =>
        portal.Services.GetRequiredService<FindSubject>().RunAsync(portal[user], SubjectKey.Parse([person]), default);

    private async Task<SubjectRequest> RequestAsync(SubjectRequestId id)
    {
        await using GovernanceDb db = await DbAsync();
        return await db.SubjectRequests.SingleAsync(row => row.Id == id);
    }

    private async Task<UserId> ReviewerAsync(string name)
    {
        await using AsyncServiceScope scope = portal.Services.CreateAsyncScope();
        AddUserOutcome outcome = await scope.ServiceProvider.GetRequiredService<AddUser>().RunAsync(
            Actor.System, new NewUser(name, name, "correct horse battery", new HashSet<Role> { Role.Reviewer }), default);
        UserId user = Assert.IsType<AddUserOutcome.Added>(outcome).Person.Id;
        await portal.Services.GetRequiredService<GrantAccess>().RunAsync(Actor.System, user, "hmda_biased", GrantExtras.PersonalRows, default);
        return user;
    }

    private async Task<GovernanceDb> DbAsync() => await portal.Services.GetRequiredService<IDbContextFactory<GovernanceDb>>().CreateDbContextAsync();
}

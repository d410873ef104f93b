using System.Text;
using Governance.Registry.Artifacts;
using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.SignOffs;

/// <summary>Versions with evidence on registered data, for tests of what decisions cover.</summary>
internal static class DossierGiven
{
    /// <summary>A findings document on a data set, with one finding that meets its limit and what else is given.</summary>
    public static string Document(ArtifactDigest data, string more = "") =>
        "{\"data\":[{\"role\":\"evaluation\",\"name\":\"loans\",\"digest\":\"" + data.Hex + "\",\"rows\":2}],\"findings\":["
        + "{\"id\":\"performance/accuracy\",\"family\":\"performance\",\"metric\":\"accuracy\",\"value\":0.9,\"interval\":[0.85,0.95],\"n\":100,\"sentence\":\"Fine.\"}" + more + "]}";

    /// <summary>A finding with a verdict, to be put behind the first one.</summary>
    public static string Judged(string id, string verdict) =>
        ",{\"id\":\"" + id + "\",\"value\":0.7,\"interval\":[0.6,0.75],\"n\":100,\"gate\":{\"id\":\"g\",\"verdict\":\"" + verdict + "\"},\"sentence\":\"So so.\"}";

    public static async Task<Dataset> DataAsync(this Given given, string content = "a,deny\n1,yes\n2,no\n")
    {
        using MemoryStream csv = new(Encoding.UTF8.GetBytes(content));
        RegisterDatasetOutcome outcome = await given.Get<RegisterDataset>().RunAsync(
            Actor.Person(given.Developer),
            new NewDataset(
                "loans", "Loans", csv, 1 << 20, 2,
                [new DatasetColumn("a", ColumnKind.Numeric, ColumnRole.Feature), new DatasetColumn("deny", ColumnKind.Categorical, ColumnRole.Label)], "yes", "no"),
            default);
        return Assert.IsType<RegisterDatasetOutcome.Registered>(outcome).Dataset;
    }

    /// <summary>A version in review whose evidence was measured on registered data.</summary>
    public static async Task<ModelVersion> MeasuredAsync(this Given given, RiskTier tier = RiskTier.Medium, string more = "")
    {
        Dataset data = await given.DataAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync(tier: tier));
        await given.EvidenceOfAsync(version, Document(data.Digest, more));
        Assert.IsType<MoveOutcome.Moved>(await given.MoveAsync(given.Developer, version, StageRequest.Submit));
        return version;
    }

    /// <summary>The same, approved.</summary>
    public static async Task<ModelVersion> ApprovedAsync(this Given given, Verdict verdict = Verdict.Approve)
    {
        ModelVersion version = await given.MeasuredAsync();
        Assert.IsType<SignOffOutcome.Recorded>(await given.ReviewAsync(given.Reviewer, version));
        Assert.IsType<SignOffOutcome.Recorded>(await given.DecideAsync(given.Approver, version, verdict));
        return await given.ReloadAsync(version);
    }

    public static async Task<ModelVersion> ReloadAsync(this Given given, ModelVersion version)
    {
        await using GovernanceDb db = given.Db();
        return await db.Versions.AsNoTracking().SingleAsync(row => row.Id == version.Id);
    }

    public static async Task<string> LastCauseAsync(this Given given, ModelVersion version)
    {
        await using GovernanceDb db = given.Db();
        return (await db.StageMoves.AsNoTracking().Where(move => move.Version == version.Id).OrderByDescending(move => move.Number).FirstAsync()).Cause;
    }

    /// <summary>Turns one bit of a stored file over.</summary>
    /// <param name="given">The registry.</param>
    /// <param name="artifact">Which file.</param>
    /// <param name="fromEnd">Which byte, counted from the end, from 1.</param>
    /// <param name="keepTime">Whether the file keeps its time of change, as a careful intruder leaves it.</param>
    public static void FlipBit(this Given given, ArtifactDigest artifact, int fromEnd = 20, bool keepTime = false)
    {
        string path = given.Get<ArtifactStore>().PathOf(artifact);
        DateTime time = File.GetLastWriteTimeUtc(path);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^fromEnd] ^= 4;
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, keepTime ? time : time.AddSeconds(1));
    }
}

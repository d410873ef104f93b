using System.Text;
using Governance.Registry.Evidence;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.SignOffs;

/// <summary>A variant stands on its parent's sign-off, as long as that one stands.</summary>
public sealed class InheritTests
{
    [DatabaseFact]
    public async Task One_signature_over_the_dossier_inherits_and_names_the_battery()
    {
        await using Given given = await Given.RegistryAsync();
        (ModelVersion parent, ModelVersion child) = await FamilyAsync(given);
        EvidenceRecord battery = await BatteryAsync(given, parent, child, "meets");

        Assert.IsType<SignOffOutcome.Recorded>(await given.DecideAsync(given.Approver, child, Verdict.Inherit));

        Assert.Equal(Stage.Approved, await given.StageOfAsync(child));
        await using (GovernanceDb db = given.Db())
        {
            SealedDossier row = await db.SealedDossiers.AsNoTracking().SingleAsync(each => each.Version == child.Id);
            string document = Encoding.UTF8.GetString(await given.Get<DossierQueries>().DocumentAsync(row, default));
            Assert.Contains($"\"inherited\":{{\"evidence\":\"{battery.Id}\",\"findings\":\"{battery.Findings.Hex}\",\"parent\":\"credit/1\",\"parentVersion\":\"{parent.Digest.Hex}\"}}", document, StringComparison.Ordinal);
            Assert.Equal(1, await db.Ledger.CountAsync(entry => entry.Action == "sign-off.inherited"));
        }

        Assert.Null(await given.Get<VoidChanged>().CheckAsync(await given.ReloadAsync(child), default));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task A_line_that_does_not_hold_a_missing_battery_and_the_wrong_person_are_refused()
    {
        await using Given given = await Given.RegistryAsync();
        (ModelVersion parent, ModelVersion child) = await FamilyAsync(given);

        Assert.Equal("no-battery", Code(await given.DecideAsync(given.Approver, child, Verdict.Inherit)));
        await BatteryAsync(given, parent, child, "inconclusive");
        Assert.Equal("not-equivalent", Code(await given.DecideAsync(given.Approver, child, Verdict.Inherit)));
        given.Clock.Now += TimeSpan.FromMinutes(1);
        await BatteryAsync(given, parent, child, "meets");
        Assert.Equal("no-right", Code(await given.DecideAsync(given.Reviewer, child, Verdict.Inherit)));
        Assert.Equal("own-work", Code(await given.DecideAsync(given.Developer, child, Verdict.Inherit)));
        Assert.Equal(Stage.InReview, await given.StageOfAsync(child));
        Assert.Equal("no-variant", Code(await given.DecideAsync(given.Approver, await PlainAsync(given, parent), Verdict.Inherit)));
    }

    [DatabaseFact]
    public async Task What_the_parent_covers_is_looked_at_before_it_is_inherited()
    {
        await using Given given = await Given.RegistryAsync();
        (ModelVersion parent, ModelVersion child) = await FamilyAsync(given);
        await BatteryAsync(given, parent, child, "meets");

        given.FlipBit(parent.Artifact, keepTime: true);

        Assert.Equal("parent-changed", Code(await given.DecideAsync(given.Approver, child, Verdict.Inherit)));
    }

    [DatabaseTheory]
    [InlineData("suspend", Stage.Suspended)]
    [InlineData("void", Stage.Voided)]
    [InlineData("expire", Stage.Expired)]
    public async Task It_ends_with_the_parents_and_as_the_parents_did(string end, Stage stage)
    {
        await using Given given = await Given.RegistryAsync();
        (ModelVersion parent, ModelVersion child) = await FamilyAsync(given);
        given.Clock.Now += TimeSpan.FromDays(1);
        await BatteryAsync(given, parent, child, "meets");
        Assert.IsType<SignOffOutcome.Recorded>(await given.DecideAsync(given.Approver, child, Verdict.Inherit));
        child = await given.ReloadAsync(child);
        Assert.Null(await given.Get<VoidChanged>().CheckAsync(child, default));

        switch (end)
        {
            case "suspend":
                Assert.IsType<MoveOutcome.Moved>(await given.MoveAsync(given.Operator, parent, StageRequest.Suspend));
                break;
            case "void":
                given.FlipBit(parent.Artifact);
                Assert.NotNull(await given.Get<VoidChanged>().CheckAsync(await given.ReloadAsync(parent), default));
                break;
            default:
                given.Clock.Now += TimeSpan.FromDays(364); // a day before the variant's own time would be over
                Assert.Equal(1, await given.Get<ExpireSignOffs>().RunAsync(default));
                break;
        }

        given.Clock.Now += VoidChanged.RowsAge;

        Assert.Contains("inherited from credit/1", (await given.Get<VoidChanged>().CheckAsync(child, default))!.Sentence, StringComparison.Ordinal);
        Assert.Equal(stage, await given.StageOfAsync(child));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Conditions_of_the_parent_bind_the_variant()
    {
        await using Given given = await Given.RegistryAsync();
        (ModelVersion parent, ModelVersion child) = await FamilyAsync(given, Verdict.ApproveWithConditions);
        await BatteryAsync(given, parent, child, "meets");

        Assert.IsType<SignOffOutcome.Recorded>(await given.DecideAsync(given.Approver, child, Verdict.Inherit));

        Assert.Equal(Stage.ApprovedWithConditions, await given.StageOfAsync(child));
    }

    private static string? Code(SignOffOutcome outcome) => (outcome as SignOffOutcome.Refused)?.Reason.Code;

    // On a day on which the default pack sets limits of equivalence.
    private static async Task<(ModelVersion Parent, ModelVersion Child)> FamilyAsync(Given given, Verdict verdict = Verdict.Approve)
    {
        given.Clock.Now = new DateTimeOffset(2026, 11, 10, 9, 0, 0, TimeSpan.Zero);
        ModelVersion parent = await given.ApprovedAsync(verdict);
        ModelVersion child = await RegisterAsync(given, "lighter", [(parent.Id, ParentKind.QuantisedFrom)]);
        Assert.IsType<MoveOutcome.Moved>(await given.MoveAsync(given.Developer, child, StageRequest.Submit));
        return (parent, child);
    }

    private static async Task<ModelVersion> PlainAsync(Given given, ModelVersion parent)
    {
        ModelVersion version = await RegisterAsync(given, "another", [(parent.Id, ParentKind.RetrainedFrom)]);
        Assert.IsType<MoveOutcome.Moved>(await given.MoveAsync(given.Developer, version, StageRequest.Submit));
        return version;
    }

    private static async Task<ModelVersion> RegisterAsync(Given given, string bytes, IReadOnlyList<(ModelVersionId, ParentKind)> parents)
    {
        using MemoryStream artifact = new(Encoding.UTF8.GetBytes(bytes));
        RegisterVersionOutcome outcome = await given.Get<RegisterVersion>().RunAsync(
            Actor.Person(given.Developer), new NewVersion("credit", artifact, 1 << 20, "{ \"threshold\": 0.50 }"u8.ToArray(), "Smaller.", parents), default);
        return Assert.IsType<RegisterVersionOutcome.Registered>(outcome).Version;
    }

    // What a battery of the default pack seals, as its contract says: every limit on a line, that by the clock in the run record.
    private static async Task<EvidenceRecord> BatteryAsync(Given given, ModelVersion parent, ModelVersion child, string flips)
    {
        string[] limits = [.. BuiltInPacks.Find("default", 3)!.Pack.Limits.Select(limit => limit.Id).Where(id => id.StartsWith(PolicyLimit.EquivalencePrefix, StringComparison.Ordinal))];
        string lines = string.Join(',', limits.Where(limit => limit != "equivalence-p95-ratio").Select(limit => Line(limit, limit == "equivalence-flips" ? flips : "meets")));
        string data;
        await using (GovernanceDb db = given.Db())
        {
            data = (await db.Datasets.SingleAsync(row => row.Name == "loans")).Digest.Hex;
        }

        string document = $$"""
            {"options":{"kind":"equivalence","protected":[]},"policy":{"name":"default","number":3},"subject":{"versionDigest":"{{child.Digest.Hex}}"},
             "parent":{"versionDigest":"{{parent.Digest.Hex}}"},"data":[{"role":"evaluation","name":"loans","digest":"{{data}}","rows":2}],
             "equivalence":{"lines":[{{lines}}]},"findings":[{"id":"equivalence/accuracy","value":0,"interval":[0,0],"n":2,"gate":{"id":"equivalence-accuracy-loss","verdict":"meets"},"sentence":"Fine."}]}
            """;
        StartRunOutcome started = await given.Get<StartRun>().RunAsync(Actor.Person(given.Developer), child.Id, "Battery", "{\"seed\":1}"u8.ToArray(), default);
        AuditRun run = Assert.IsType<StartRunOutcome.Queued>(started).Run;
        Assert.Equal(run.Id, (await given.Get<ClaimRun>().RunAsync(default))!.Id);
        SealOutcome outcome = await given.Get<SealEvidence>().RunAsync(
            new NewEvidence(
                run.Id, "Battery", CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(document)),
                CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes($$"""{"speed":{"lines":[{{Line("equivalence-p95-ratio", "meets")}}] } }""")), new VerdictCounts(1, 0, 0, 0)),
            default);
        return Assert.IsType<SealOutcome.Sealed>(outcome).Evidence;
    }

    private static string Line(string limit, string verdict) => $$"""{"name":"x","limit":"{{limit}}","verdict":"{{verdict}}"}""";
}

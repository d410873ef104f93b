using Governance.Registry.Access;
using Governance.Registry.Artifacts;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.SignOffs;

public sealed class VoidChangedTests
{
    [DatabaseTheory]
    [InlineData("model", "The bytes of the model file are not those that were approved.")]
    [InlineData("encoding", "The bytes of the encoding with the threshold are not those that were approved.")]
    [InlineData("data", "The bytes of the evaluation data 'loans' are not those that were approved.")]
    [InlineData("findings", "The bytes of a findings document are not those that were approved.")]
    [InlineData("decision", "The document of the decision is not what was signed.")]
    public async Task One_bit_on_disk_voids_the_approval_and_the_history_says_why(string part, string sentence)
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.ApprovedAsync();
        VoidChanged approvals = given.Get<VoidChanged>();
        Assert.Null(await approvals.CheckAsync(version, default));

        given.FlipBit(await FileOfAsync(given, version, part));

        Assert.Equal($"The approval of this version is no longer in force, so it does not answer. {sentence}", (await approvals.CheckAsync(version, default))!.Sentence);
        Assert.Equal(Stage.Voided, await given.StageOfAsync(version));
        Assert.Equal(sentence, await given.LastCauseAsync(version));
        Assert.Equal(sentence, await approvals.CauseAsync(version.Id, default));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [Fact]
    public async Task Every_byte_of_a_file_counts_the_header_and_the_seals_too()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.ApprovedAsync();
        long length = new FileInfo(given.Get<ArtifactStore>().PathOf(version.Artifact)).Length;

        for (int fromEnd = 1; fromEnd <= length; fromEnd++)
        {
            given.FlipBit(version.Artifact, fromEnd);
            Assert.Equal(DossierPart.Weights, (await given.Get<VerifyDossier>().RunAsync(version.Id, default))?.Part);
            given.FlipBit(version.Artifact, fromEnd);
        }

        Assert.Null(await given.Get<VerifyDossier>().RunAsync(version.Id, default));
    }

    [Fact]
    public async Task A_change_that_keeps_length_and_time_is_found_by_the_full_look()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.ApprovedAsync();
        VoidChanged approvals = given.Get<VoidChanged>();
        Assert.Equal(0, await approvals.SweepAsync(everything: true, default));

        given.FlipBit(version.Artifact, keepTime: true);

        Assert.Null(await approvals.CheckAsync(version, default));
        Assert.Equal(0, await approvals.SweepAsync(everything: false, default));
        Assert.Equal(1, await approvals.SweepAsync(everything: true, default));
        Assert.Equal(Stage.Voided, await given.StageOfAsync(version));
    }

    [Fact]
    public async Task A_missing_file_voids()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.ApprovedAsync();

        File.Delete(given.Get<ArtifactStore>().PathOf(version.Artifact));

        Assert.NotNull(await given.Get<VoidChanged>().CheckAsync(version, default));
        Assert.Equal("Nothing is left of the model file.", await given.LastCauseAsync(version));
    }

    [DatabaseTheory]
    [InlineData("UPDATE Attestations SET Line = 'other'", "A statement of the checklist is not what the decision saw.")]
    [InlineData("DELETE FROM Attestations", "A statement of the checklist is not what the decision saw.")]
    [InlineData("UPDATE CaseReviews SET Decision = 'yes'", "The reviewed cases are not those that the decision saw.")]
    [InlineData("UPDATE SealedDossiers SET Root = '0000000000000000000000000000000000000000000000000000000000000000'", "The signature of the decision does not hold.")]
    public async Task A_row_changed_behind_our_back_voids_within_seconds(string sql, string sentence)
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.MeasuredAsync();
        await given.ReviewAsync(given.Reviewer, version);
        Assert.IsType<StatementOutcome.Recorded>(await given.Get<RecordAttestation>().RunAsync(
            Actor.Person(given.Approver), version.Id, "residual-risks", "None that matter.", default));
        Assert.IsType<StatementOutcome.Recorded>(await given.Get<RecordCase>().RunAsync(
            Actor.Person(given.Reviewer), version.Id, new NewCase(version.Artifact, 3, "near the threshold", "no", true, null), default));
        await given.DecideAsync(given.Approver, version);
        version = await given.ReloadAsync(version);
        Assert.Null(await given.Get<VoidChanged>().CheckAsync(version, default));

        given.DropTriggers();
        given.Sql(sql);
        given.Clock.Now += VoidChanged.RowsAge;

        Assert.EndsWith(sentence, (await given.Get<VoidChanged>().CheckAsync(version, default))!.Sentence, StringComparison.Ordinal);
        Assert.Equal(Stage.Voided, await given.StageOfAsync(version));
    }

    [DatabaseTheory]
    [InlineData("UPDATE PolicyPacks SET Json = REPLACE(Json, '0.02', '0.03')")]
    [InlineData("UPDATE PolicyPacks SET Json = REPLACE(Json, '{', '[')")]
    [InlineData("UPDATE PolicyPacks SET Text = REPLACE(Text, 'Four', 'four')")]
    public async Task A_policy_changed_behind_our_back_voids_and_never_crashes(string sql)
    {
        await using Given given = await Given.RegistryAsync();
        string text = BuiltInPacks.Find("default", 2)!.Text.Replace("name: default", "name: house", StringComparison.Ordinal)
            .Replace("number: 2", "number: 1", StringComparison.Ordinal).Replace("atMost: 0.03", "atMost: 0.02", StringComparison.Ordinal);
        Assert.IsType<PolicyOutcome.Done>(await given.Get<RegisterPack>().RunAsync(Actor.Person(given.Administrator), text, default));
        Assert.IsType<PolicyOutcome.Done>(await given.Get<AdoptPolicy>().RunAsync(
            Actor.Person(given.Administrator), new NewAdoption("house", 1, PolicyScope.All, new DateOnly(2026, 3, 1)), "The board decided.", default));
        ModelVersion version = await given.ApprovedAsync();
        Assert.Null(await given.Get<VoidChanged>().CheckAsync(version, default));

        given.DropTriggers();
        given.Sql(sql);
        given.Clock.Now += VoidChanged.RowsAge;

        Assert.EndsWith("The policy pack house 1 is not what it was at the decision.", (await given.Get<VoidChanged>().CheckAsync(version, default))!.Sentence, StringComparison.Ordinal);
        Assert.Equal(Stage.Voided, await given.StageOfAsync(version));
    }

    [Fact]
    public async Task A_signature_by_a_key_that_nobody_knows_voids()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.ApprovedAsync();

        given.DropTriggers();
        given.Sql("UPDATE SealedDossiers SET \"Key\" = '" + new string('a', 64) + "'");

        Assert.Equal(DossierPart.Decision, (await given.Get<VoidChanged>().VerifyAsync(version.Id, default))?.Part);
    }

    [Fact]
    public async Task A_file_that_was_only_touched_is_no_change()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.ApprovedAsync();
        Assert.Null(await given.Get<VoidChanged>().CheckAsync(version, default));

        File.SetLastWriteTimeUtc(given.Get<ArtifactStore>().PathOf(version.Artifact), DateTime.UnixEpoch);

        Assert.Null(await given.Get<VoidChanged>().CheckAsync(version, default));
        Assert.Equal(Stage.Approved, await given.StageOfAsync(version));
    }

    [Fact]
    public async Task Two_looks_at_once_void_once()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.ApprovedAsync();
        given.FlipBit(version.Artifact);

        Refusal?[] refusals = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => given.Get<VoidChanged>().CheckAsync(version, default).AsTask())));

        Assert.NotEmpty(refusals.OfType<Refusal>());
        await using GovernanceDb db = given.Db();
        Assert.Single(await db.StageMoves.Where(move => move.To == Stage.Voided).ToListAsync());
    }

    [Fact]
    public async Task What_is_voided_is_approved_again_only_by_a_new_round()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.ApprovedAsync();
        given.FlipBit(version.Artifact);
        await given.Get<VoidChanged>().CheckAsync(version, default);
        given.FlipBit(version.Artifact);

        Assert.Equal("wrong-stage", Assert.IsType<SignOffOutcome.Refused>(await given.DecideAsync(given.SecondApprover, version)).Reason.Code);
        Assert.IsType<MoveOutcome.Moved>(await given.MoveAsync(given.OtherDeveloper, version, StageRequest.Submit));
        Assert.Equal("no-review", Assert.IsType<SignOffOutcome.Refused>(await given.DecideAsync(given.SecondApprover, version)).Reason.Code);
        await given.ReviewAsync(given.Reviewer, version);
        Assert.IsType<SignOffOutcome.Recorded>(await given.DecideAsync(given.SecondApprover, version));
        Assert.Null(await given.Get<VoidChanged>().CheckAsync(await given.ReloadAsync(version), default));
    }

    private static async Task<ArtifactDigest> FileOfAsync(Given given, ModelVersion version, string part)
    {
        await using GovernanceDb db = given.Db();
        return part switch
        {
            "model" => version.Artifact,
            "encoding" => version.Encoding!.Value,
            "data" => (await db.Datasets.SingleAsync()).Digest,
            "findings" => (await db.Evidence.SingleAsync()).Findings,
            _ => (await db.SealedDossiers.SingleAsync()).Document,
        };
    }
}

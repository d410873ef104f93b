using System.Text.Json.Nodes;
using Governance.Registry.Artifacts;
using Governance.Registry.Keys;
using Governance.Registry.Ledger;
using Governance.Registry.Models;
using Governance.Registry.Policies;
using Governance.Registry.SignOffs;
using Governance.Registry.Storage;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.SignOffs;

public sealed class DossierTests
{
    private static readonly ArtifactDigest One = new(new string('1', 64));
    private static readonly ArtifactDigest Two = new(new string('2', 64));

    [Fact]
    public void Every_part_is_in_the_root_and_the_label_is_not()
    {
        SignOffDossier dossier = Sample();

        SignOffDossier[] others =
        [
            dossier with { Version = Fact("x") }, dossier with { Weights = Two }, dossier with { Encoding = null }, dossier with { Threshold = "{}" },
            dossier with { Policy = dossier.Policy with { Number = 2 } }, dossier with { Policy = dossier.Policy with { Digest = Fact("p2") } },
            dossier with { Data = [] }, dossier with { Data = [dossier.Data[0] with { Digest = Two }] }, dossier with { Evidence = [Two] },
            dossier with { Findings = [dossier.Findings[0] with { Digest = Fact("other") }] },
            dossier with { Findings = [dossier.Findings[0] with { Value = 0.7000000000000001 }] },
            dossier with { Attestations = [dossier.Attestations[0] with { Digest = Fact("other") }] }, dossier with { Cases = [] },
            dossier with { Register = [dossier.Register[0] with { State = "Closed" }] },
        ];

        Assert.Equal(others.Length + 1, others.Append(dossier).Select(each => each.Root).Distinct().Count());
        Assert.Equal(dossier.Root, (dossier with { Label = "other/1" }).Root);
    }

    [Fact]
    public void A_dossier_is_read_back_as_it_was_written()
    {
        SignOffDossier dossier = Sample();

        SignOffDossier back = SignOffDossier.Read(JsonNode.Parse(CanonicalJson.Serialize(dossier.ToJson()))!, dossier.Label);

        Assert.Equal(dossier.Root, back.Root);
        Assert.Equal(dossier.Findings, back.Findings);
        Assert.Throws<FormatException>(() => SignOffDossier.Read(new JsonObject { ["version"] = "short" }, ""));
    }

    [DatabaseFact]
    public async Task A_decision_is_signed_over_the_root_of_all_that_it_saw()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.MeasuredAsync();
        await given.ReviewAsync(given.Reviewer, version);
        SignOffDossier seen = (await given.Get<DossierQueries>().OfAsync(version.Id, default))!;

        SignOffOutcome.Recorded recorded = Assert.IsType<SignOffOutcome.Recorded>(await given.DecideAsync(given.Approver, version));

        (SealedDossier row, SignOffDossier dossier) = Assert.Single(await given.Get<DossierQueries>().SealedAsync(version.Id, default));
        byte[] document = await given.Get<DossierQueries>().DocumentAsync(row, default);
        Assert.Equal(seen.Root, row.Root);
        Assert.Equal(seen.Root, dossier.Root);
        Assert.Equal(recorded.SignOff.Id, row.SignOff);
        Assert.True(given.Get<SigningKeys>().Current.Verify(document, row.Signature));
        document[^3] ^= 1;
        Assert.False(given.Get<SigningKeys>().Current.Verify(document, row.Signature));
        Assert.Equal(version.Artifact, dossier.Weights);
        Assert.Equal("{\"groupThresholds\":null,\"threshold\":0.5}", dossier.Threshold);
        Assert.Equal("loans", Assert.Single(dossier.Data).Name);
        Assert.Equal("performance/accuracy", Assert.Single(dossier.Findings).Id);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Signing_something_else_than_was_confirmed_is_refused_and_leaves_nothing()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.MeasuredAsync();
        await given.ReviewAsync(given.Reviewer, version);
        NewSignOff wanted = await given.DecisionAsync(version);
        await given.Get<RecordAttestation>().RunAsync(Actor.Person(given.Reviewer), version.Id, "human-oversight", "The desk of five.", default);

        SignOffOutcome stale = await given.Get<RecordDecision>().RunAsync(Actor.Person(given.Approver), wanted, default);
        SignOffOutcome blind = await given.Get<RecordDecision>().RunAsync(Actor.Person(given.Approver), wanted with { SeenDossier = null }, default);

        Assert.Equal("dossier-changed", Assert.IsType<SignOffOutcome.Refused>(stale).Reason.Code);
        Assert.Equal("dossier-changed", Assert.IsType<SignOffOutcome.Refused>(blind).Reason.Code);
        await using GovernanceDb db = given.Db();
        Assert.Empty(await db.SealedDossiers.ToListAsync());
        Assert.Equal(0, await db.Artifacts.CountAsync(row => row.Kind == ArtifactKind.Dossier));
    }

    [DatabaseFact]
    public async Task A_first_approval_over_another_dossier_counts_no_more()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.MeasuredAsync(RiskTier.High);
        await given.ReviewAsync(given.Reviewer, version);
        await given.DecideAsync(given.Approver, version);
        await given.Get<RecordAttestation>().RunAsync(Actor.Person(given.Reviewer), version.Id, "human-oversight", "The desk of five.", default);

        SignOffOutcome second = await given.DecideAsync(given.SecondApprover, version);

        Assert.Equal(Stage.InReview, Assert.IsType<SignOffOutcome.Recorded>(second).Stage);
    }

    [DatabaseFact]
    public async Task Conditions_of_the_first_approver_do_not_undo_their_approval()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.MeasuredAsync(RiskTier.High, DossierGiven.Judged("fairness/ratio/sex", "inconclusive"));
        await given.ReviewAsync(given.Reviewer, version);

        SignOffOutcome first = await given.DecideAsync(given.Approver, version, Verdict.ApproveWithConditions);
        SignOffOutcome second = await given.DecideAsync(given.SecondApprover, version);

        Assert.Equal(Stage.InReview, Assert.IsType<SignOffOutcome.Recorded>(first).Stage);
        Assert.Equal(Stage.ApprovedWithConditions, Assert.IsType<SignOffOutcome.Recorded>(second).Stage);
        Assert.Null(await given.Get<VoidChanged>().CheckAsync(await given.ReloadAsync(version), default));
    }

    [DatabaseFact]
    public async Task A_damaged_file_is_refused_in_words_and_not_signed()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.MeasuredAsync();
        await given.ReviewAsync(given.Reviewer, version);
        NewSignOff wanted = await given.DecisionAsync(version);

        given.FlipBit(version.Encoding!.Value);

        Assert.Equal("damaged", Assert.IsType<SignOffOutcome.Refused>(await given.Get<RecordDecision>().RunAsync(Actor.Person(given.Approver), wanted, default)).Reason.Code);
    }

    [DatabaseFact]
    public async Task What_changed_since_the_last_approval_is_told_with_values_and_intervals()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.ApprovedAsync();
        (_, SignOffDossier before) = (await given.Get<DossierQueries>().LastApprovedAsync(version.Id, default))!.Value;
        Assert.Empty(DossierChanges.Between(before, (await given.Get<DossierQueries>().OfAsync(version.Id, default))!));

        await given.EvidenceOfAsync(version, "{\"data\":[],\"findings\":[{\"id\":\"performance/accuracy\",\"value\":0.8,\"interval\":[0.7,0.9],\"n\":50}]}");
        SignOffDossier after = (await given.Get<DossierQueries>().OfAsync(version.Id, default))!;

        DossierChange change = Assert.Single(DossierChanges.Between(before, after));
        Assert.Equal((0.9, 0.85, 0.8, 0.7), (change.FindingBefore!.Value, change.FindingBefore.Low, change.FindingAfter!.Value, change.FindingAfter.Low));
    }

    private static FactDigest Fact(string text) => FactDigest.Of(JsonValue.Create(text));

    private static SignOffDossier Sample() => new()
    {
        Label = "credit/1", Version = Fact("v"), Weights = One, Encoding = Two, Threshold = "{\"threshold\":0.5}",
        Policy = new DossierPolicy("default", 1, Fact("p")), Data = [new DossierData("evaluation", "loans", One)], Evidence = [One],
        Findings = [new DossierFinding("fairness/ratio/sex", Fact("f"), One, "audit", 0.7, 0.6, 0.8, GateVerdict.Breaches, true)],
        Attestations = [new DossierFact("a", Fact("a"), "oversight")], Cases = [new DossierFact("c", Fact("c"), "agrees")],
        Register = [new DossierFact("r", Fact("r"), "Open")],
    };
}

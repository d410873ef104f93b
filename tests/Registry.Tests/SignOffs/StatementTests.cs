using Governance.Registry.Access;
using Governance.Registry.Ledger;
using Governance.Registry.SignOffs;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.SignOffs;

public sealed class StatementTests
{
    [DatabaseFact]
    public async Task Submitting_freezes_what_developers_stated_and_approving_freezes_the_rest()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        await given.EvidenceAsync(version);
        Assert.Null(await AttestAsync(given.Developer));
        Assert.Equal("wrong-stage", await AttestAsync(given.Reviewer));
        Assert.Equal("no-right", await AttestAsync(given.Operator));
        await given.MoveAsync(given.Developer, version, StageRequest.Submit);

        Assert.Equal("frozen", await AttestAsync(given.Developer));
        Assert.Equal("no-text", await AttestAsync(given.Reviewer, " "));
        Assert.Null(await AttestAsync(given.Reviewer));
        Assert.Null(await AttestAsync(given.Approver));
        Assert.IsType<StatementOutcome.NoSuchVersion>(await given.Get<RecordAttestation>().RunAsync(
            Actor.Person(given.Stranger), version.Id, "inventory", "Mortgages.", default));

        await given.ReviewAsync(given.Reviewer, version);
        await given.DecideAsync(given.Approver, version);
        Assert.Equal("frozen", await AttestAsync(given.Developer));
        Assert.Equal("frozen", await AttestAsync(given.Approver));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));

        async Task<string?> AttestAsync(UserId by, string text = "Mortgages.") =>
            (await given.Get<RecordAttestation>().RunAsync(Actor.Person(by), version.Id, "inventory", text, default) as StatementOutcome.Refused)?.Reason.Code;
    }

    [DatabaseFact]
    public async Task The_later_statement_on_a_line_counts()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        foreach (string text in (string[])["First.", "Second."])
        {
            given.Clock.Now = given.Clock.Now.AddMinutes(1);
            await given.Get<RecordAttestation>().RunAsync(Actor.Person(given.Developer), version.Id, "inventory", text, default);
        }

        await given.Get<RecordAttestation>().RunAsync(Actor.Person(given.Developer), version.Id, "human-oversight", "Five people.", default);

        SignOffDossier dossier = (await given.Get<DossierQueries>().OfAsync(version.Id, default))!;
        Assert.Equal(["human-oversight", "inventory"], dossier.Attestations.Select(row => row.State));
    }

    [DatabaseFact]
    public async Task A_reviewer_says_once_of_a_case_what_they_think_and_why_they_disagree()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.MeasuredAsync();
        NewCase said = new(version.Artifact, 7, "near the threshold", "yes", Agrees: false, null);

        Assert.Equal("no-right", await SayAsync(given.Approver, said));
        Assert.Equal("no-right", await SayAsync(given.Developer, said));
        Assert.Equal("no-note", await SayAsync(given.Reviewer, said));
        Assert.Null(await SayAsync(given.Reviewer, said with { Note = "The income is a typing error." }));
        Assert.Equal("already-said", await SayAsync(given.Reviewer, said with { Agrees = true }));
        Assert.Null(await SayAsync(given.Reviewer, said with { Row = 8, Agrees = true }));
        Assert.Equal(["agrees", "disagrees"], (await given.Get<DossierQueries>().OfAsync(version.Id, default))!.Cases.Select(row => row.State).Order());

        await given.MoveAsync(given.Developer, version, StageRequest.Withdraw);
        Assert.Equal("wrong-stage", await SayAsync(given.Reviewer, said with { Row = 9, Agrees = true }));

        async Task<string?> SayAsync(UserId by, NewCase wanted) =>
            (await given.Get<RecordCase>().RunAsync(Actor.Person(by), version.Id, wanted, default) as StatementOutcome.Refused)?.Reason.Code;
    }
}

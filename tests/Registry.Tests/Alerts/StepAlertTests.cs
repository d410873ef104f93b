using Governance.Registry.Access;
using Governance.Registry.Alerts;
using Governance.Registry.Ledger;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Alerts;

public sealed class StepAlertTests
{
    [DatabaseFact]
    public async Task Rights_are_those_of_the_table()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        AlertId alert = (await given.LoudAsync(version, 1)).Entry.Alert.Id;

        Assert.Equal("no-right", await CodeAsync(given.Auditor, AlertStepKind.Acknowledge));
        Assert.Equal("no-right", await CodeAsync(given.Approver, AlertStepKind.Fix));
        Assert.Equal("no-right", await CodeAsync(given.Developer, AlertStepKind.Accept, days: 5));
        Assert.Equal("not-found", await CodeAsync(given.Stranger, AlertStepKind.Comment));
        Assert.Equal("not-found", await CodeAsync(given.Administrator, AlertStepKind.Mute, days: 5));
        Assert.Equal("not-a-persons", await CodeAsync(given.Operator, AlertStepKind.Recovered));
        Assert.Null(await CodeAsync(given.Developer, AlertStepKind.Comment));
        Assert.Null(await CodeAsync(given.Operator, AlertStepKind.Acknowledge));
        Assert.Null(await CodeAsync(given.Reviewer, AlertStepKind.Mute, days: 5));
        Assert.Null(await CodeAsync(given.Approver, AlertStepKind.Accept, days: 5));

        async Task<string?> CodeAsync(UserId person, AlertStepKind kind, int? days = null) => await given.StepAsync(person, alert, kind, days: days) switch
        {
            AlertOutcome.Refused { Reason.Code: var code } => code,
            AlertOutcome.NotFound => "not-found",
            _ => null,
        };
    }

    [DatabaseFact]
    public async Task Each_step_says_why_and_where_it_ends()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        AlertId alert = (await given.LoudAsync(version, 1)).Entry.Alert.Id;

        Assert.Equal("no-text", await CodeAsync(AlertStepKind.Explain, text: " "));
        Assert.Equal("no-end", await CodeAsync(AlertStepKind.Accept));
        Assert.Equal("no-end", await CodeAsync(AlertStepKind.Mute, days: -1));
        Assert.Equal("no-end", await CodeAsync(AlertStepKind.Mute, days: 400));
        Assert.Equal("stray-end", await CodeAsync(AlertStepKind.Fix, days: 3));
        Assert.Equal("no-plan", await CodeAsync(AlertStepKind.Plan));
        Assert.Equal("stray-plan", await CodeAsync(AlertStepKind.Fix, owner: given.Reviewer));
        Assert.Equal("no-owner", await CodeAsync(AlertStepKind.Plan, owner: new UserId(Guid.CreateVersion7())));
        Assert.Null(await CodeAsync(AlertStepKind.Acknowledge, text: null));
        Assert.Equal("wrong-state", await CodeAsync(AlertStepKind.Acknowledge));
        Assert.Equal("wrong-state", await CodeAsync(AlertStepKind.Unmute));
        Assert.Null(await CodeAsync(AlertStepKind.Plan, owner: given.Reviewer));
        Assert.Null(await CodeAsync(AlertStepKind.Accept, text: "Known season.", days: 10));
        Assert.Equal("wrong-state", await CodeAsync(AlertStepKind.Fix));

        AlertView view = await given.AlertAsync(given.Auditor);
        Assert.Equal((AlertState.Accepted, given.Reviewer), (view.State, view.Entry.Owner));
        Assert.Equal("Known season.", view.TextOf(view.Entry.Steps[^1].Text));
        given.Clock.Now = given.Clock.Now.AddDays(11);
        Assert.Equal(AlertState.Open, (await given.AlertAsync(given.Auditor)).State);
        Assert.Equal(AlertEvent.Reopened, (await given.LoudAsync(version, 2)).Event);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));

        async Task<string?> CodeAsync(AlertStepKind kind, string? text = "Because.", int? days = null, UserId? owner = null) =>
            (await given.StepAsync(given.Operator, alert, kind, text, days, owner) as AlertOutcome.Refused)?.Reason.Code;
    }

    [DatabaseFact]
    public async Task A_mute_silences_deliveries_until_it_ends_and_then_people_are_told_that_it_still_sounds()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        await given.WebhookAsync();
        AlertId alert = (await given.LoudAsync(version, 1)).Entry.Alert.Id;
        Assert.IsType<AlertOutcome.Recorded>(await given.StepAsync(given.Operator, alert, AlertStepKind.Mute, "The feed is being mended.", days: 2));

        Assert.Equal(AlertEvent.Escalated, (await given.LoudAsync(version, 2)).Event);
        Assert.Single(await given.DeliveriesAsync());
        given.Clock.Now = given.Clock.Now.AddDays(3);
        Assert.Equal(AlertEvent.Sounding, (await given.LoudAsync(version, 3)).Event);
        Assert.Null((await given.LoudAsync(version, 4)).Event);

        Assert.Equal([AlertEvent.Raised, AlertEvent.Sounding], (await given.DeliveriesAsync()).Select(row => row.Event));
    }
}

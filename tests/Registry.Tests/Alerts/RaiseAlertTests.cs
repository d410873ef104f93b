using Governance.Registry.Alerts;
using Governance.Registry.Ledger;
using Governance.Registry.Policies;
using Governance.Registry.Storage;
using Governance.Registry.Tests.SignOffs;
using Governance.Registry.Versions;
using Microsoft.EntityFrameworkCore;

namespace Governance.Registry.Tests.Alerts;

public sealed class RaiseAlertTests
{
    [DatabaseFact]
    public async Task A_matter_has_one_alert_whose_windows_and_steps_tell_its_story()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());

        Assert.Equal(AlertEvent.Raised, (await given.LoudAsync(version, 1, AlertSeverity.Critical)).Event);
        Assert.Null((await given.LoudAsync(version, 1)).Event); // the same window again counts once
        Assert.Equal(AlertEvent.Escalated, (await given.LoudAsync(version, 2)).Event);
        Assert.Null((await given.LoudAsync(version, 3)).Event);
        Assert.Null((await given.QuietAsync(version, 4))!.Event);
        Assert.Equal(AlertEvent.Recovered, (await given.QuietAsync(version, 5))!.Event);
        Assert.Null(await given.QuietAsync(version, 6)); // nothing sounds: nothing is written

        AlertView view = await given.AlertAsync(given.Auditor);
        Assert.Equal((AlertState.Recovered, AlertSeverity.Critical), (view.State, view.Entry.Severity));
        Assert.Equal([AlertStepKind.Escalated, AlertStepKind.Recovered], view.Entry.Steps.Select(step => step.Kind));
        Assert.Equal([true, true, true, false, false], view.Entry.Windows.Select(window => window.Sounds));
        Assert.Equal(given.Clock.Now.AddDays(2).Date, view.Entry.DueAt?.Date);
        Assert.Equal("Income drifted on day 3: KS 0.21, p < 0.001.", view.Entry.Sentence);
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task Other_columns_cohorts_and_sources_are_other_matters()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        AlertSignal signal = GivenAlerts.Signal(version, 1);
        AlertSignal[] others =
        [
            signal with { Column = "age" }, signal with { Column = null }, signal with { Cohort = "young" }, signal with { Monitor = "quality" },
            signal with { Source = new AlertSource(AlertSourceKind.Schedule, "deployment-1") }, signal with { Source = new AlertSource(AlertSourceKind.Monitor, "deployment-2") },
        ];

        foreach (AlertSignal each in (AlertSignal[])[signal, .. others, signal, .. others])
        {
            await given.Get<RaiseAlert>().RunAsync(each, default);
        }

        Assert.Equal(7, (await given.Get<AlertQueries>().VisibleToAsync(given.Auditor, default)).Count);
        Assert.Empty(await given.Get<AlertQueries>().VisibleToAsync(given.Stranger, default));
        Assert.Empty(await given.Get<AlertQueries>().VisibleToAsync(given.Administrator, default)); // knows names, not findings
    }

    [DatabaseFact]
    public async Task Signals_of_one_matter_at_the_same_time_open_one_alert()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => given.LoudAsync(version, 1))));

        Assert.Single((await given.AlertAsync(given.Auditor)).Entry.Windows);
    }

    [DatabaseFact]
    public async Task A_row_of_an_alert_can_be_neither_changed_nor_removed()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.VersionAsync(await given.ModelAsync());
        await given.LoudAsync(version, 1);
        await given.LoudAsync(version, 2);
        await using GovernanceDb db = given.Db();

        await Assert.ThrowsAnyAsync<Exception>(() => db.Alerts.ExecuteUpdateAsync(set => set.SetProperty(row => row.Sentence, "All is well.")));
        await Assert.ThrowsAnyAsync<Exception>(() => db.AlertSteps.ExecuteDeleteAsync());
    }

    [DatabaseFact]
    public async Task A_critical_alert_suspends_the_version_where_the_pack_says_so()
    {
        await using Given given = await Given.RegistryAsync();
        await AdoptAsync(given, "  - on: critical-alert\n    then: suspend\n    citation: \"House rule: what sounds twice is taken out of use.\"\n");
        ModelVersion version = await given.ApprovedAsync();

        await given.LoudAsync(version, 1, topic: AlertTopic.Fairness);
        Assert.Equal(Stage.Approved, (await given.ReloadAsync(version)).Stage);
        RaisedAlert critical = await given.LoudAsync(version, 2, topic: AlertTopic.Fairness);

        Assert.Equal(Stage.Suspended, (await given.ReloadAsync(version)).Stage);
        Assert.StartsWith($"Alert {critical.Entry.Alert.Id}: Income drifted on day 2", await given.LastCauseAsync(version), StringComparison.Ordinal);
        Assert.Equal([AlertStepKind.Escalated, AlertStepKind.Moved], critical.Entry.Steps.Select(step => step.Kind));
        Assert.IsType<LedgerVerdict.Holds>(await given.Get<VerifyLedger>().RunAsync(default));
    }

    [DatabaseFact]
    public async Task By_the_built_in_pack_drift_leads_back_to_review_and_nothing_else_moves_a_version()
    {
        await using Given given = await Given.RegistryAsync();
        ModelVersion version = await given.ApprovedAsync();
        await given.LoudAsync(version, 1, topic: AlertTopic.Latency);
        await given.LoudAsync(version, 2, topic: AlertTopic.Latency);

        Assert.Equal(Stage.Approved, (await given.ReloadAsync(version)).Stage);
        await given.Get<RaiseAlert>().RunAsync(GivenAlerts.Signal(version, 1, column: "age"), default);
        await given.Get<RaiseAlert>().RunAsync(GivenAlerts.Signal(version, 2, column: "age"), default);
        Assert.Equal(Stage.InReview, (await given.ReloadAsync(version)).Stage);
    }

    private static async Task AdoptAsync(Given given, string trigger)
    {
        string pack = BuiltInPacks.Find("default", 2)!.Text
            .Replace("name: default", "name: house", StringComparison.Ordinal).Replace("number: 2", "number: 1", StringComparison.Ordinal)
            .Replace("\ntriggers:\n", "\ntriggers:\n" + trigger, StringComparison.Ordinal);
        Assert.IsType<PolicyOutcome.Done>(await given.Get<RegisterPack>().RunAsync(Actor.Person(given.Administrator), pack, default));
        Assert.True(PolicyScope.TryParse("all", out PolicyScope scope));
        Assert.IsType<PolicyOutcome.Done>(await given.Get<AdoptPolicy>().RunAsync(
            Actor.Person(given.Administrator), new NewAdoption("house", 1, scope, DateOnly.FromDateTime(given.Clock.Now.UtcDateTime)), "The board decided.", default));
    }
}

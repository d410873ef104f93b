using Governance.Registry.Access;
using Governance.Registry.Alerts;
using Governance.Registry.Models;
using Governance.Registry.Versions;

namespace Governance.Registry.Tests.Alerts;

/// <summary>What a window does to an alert, played window by window: '!' sounds, '.' is quiet, letters are people.</summary>
public sealed class AlertHysteresisTests
{
    private static readonly DateTimeOffset Start = GivenAlerts.Start;

    [Theory]
    [InlineData("!", "open warning")]
    [InlineData("!!", "open critical")]
    [InlineData("!.!", "open warning")]
    [InlineData("!.!!", "open critical")]
    [InlineData("!!.", "open critical")]
    [InlineData("!!..", "recovered critical")]
    [InlineData("!.", "open warning")]
    [InlineData("!..", "recovered warning")]
    [InlineData("!..!", "open warning")]
    [InlineData("!..!!", "open critical")]
    [InlineData("!.!.!.!", "open warning")]
    [InlineData("!k", "acknowledged warning")]
    [InlineData("!k!", "acknowledged critical")]
    [InlineData("!k..", "recovered warning")]
    [InlineData("!!x!!!", "explained critical")]
    [InlineData("!x!", "open critical")]
    [InlineData("!!x..", "explained critical")]
    [InlineData("!!x..!", "open warning")]
    [InlineData("!!f!", "fixed critical")]
    [InlineData("!!f!!", "open critical")]
    [InlineData("!!f.!.!", "fixed critical")]
    [InlineData("!!f..!", "open warning")]
    [InlineData("!!a!!!", "accepted critical")]
    [InlineData("!a!", "open critical")]
    [InlineData("!!a..!", "accepted critical")]
    [InlineData("!!aE", "open critical")]
    [InlineData("!!aE!", "open critical")]
    public void Windows_and_people_lead_where_the_rules_say(string story, string end)
    {
        (AlertEntry entry, DateTimeOffset now) = Play(story);

        Assert.Equal(end, $"{entry.StateAt(now)} {entry.Severity}".ToLowerInvariant());
    }

    [Fact]
    public void What_comes_back_after_a_long_quiet_is_another_alert()
    {
        (AlertEntry entry, DateTimeOffset now) = Play("!..");

        Assert.IsType<AlertTurn.Reopened>(AlertHysteresis.Judge(entry, Window(entry, 30, loud: true), AlertTerms.Usual, now));
        Assert.IsType<AlertTurn.Another>(AlertHysteresis.Judge(entry, Window(entry, 33, loud: true), AlertTerms.Usual, now));
    }

    [Fact]
    public void A_window_that_is_read_again_counts_once()
    {
        (AlertEntry entry, DateTimeOffset now) = Play("!");

        Assert.IsType<AlertTurn.None>(AlertHysteresis.Judge(entry, Window(entry, 1, loud: true), AlertTerms.Usual, now));
        Assert.IsType<AlertTurn.Escalated>(AlertHysteresis.Judge(entry, Window(entry, 2, loud: true), AlertTerms.Usual, now));
    }

    [Fact]
    public void A_window_that_turns_out_quiet_breaks_the_row()
    {
        (AlertEntry entry, DateTimeOffset now) = Play("!!");
        AlertEntry mended = entry with { Windows = AlertWindows.With(entry.Windows, Window(entry, 2, loud: false)) };

        Assert.IsType<AlertTurn.Recovered>(AlertHysteresis.Judge(mended, Window(entry, 3, loud: false), AlertTerms.Usual, now));
    }

    [Theory]
    [InlineData(AlertSourceKind.Monitor, AlertSeverity.Critical, 1, AlertSeverity.Warning)]
    [InlineData(AlertSourceKind.Monitor, AlertSeverity.Warning, 2, AlertSeverity.Critical)]
    [InlineData(AlertSourceKind.Monitor, AlertSeverity.Info, 9, AlertSeverity.Info)]
    [InlineData(AlertSourceKind.Schedule, AlertSeverity.Critical, 1, AlertSeverity.Critical)]
    [InlineData(AlertSourceKind.Audit, AlertSeverity.Warning, 5, AlertSeverity.Warning)]
    public void Only_windows_of_monitors_have_to_repeat_themselves(AlertSourceKind source, AlertSeverity own, int run, AlertSeverity severity) =>
        Assert.Equal(severity, AlertHysteresis.SeverityOf(source, own, run, AlertTerms.Usual));

    private static AlertWindow Window(AlertEntry entry, int day, bool loud) => new(
        entry.Alert.Id, Start.AddDays(day - 1), Start.AddDays(day), loud ? AlertSeverity.Warning : null, loud ? "It sounds." : null);

    private static (AlertEntry Entry, DateTimeOffset Now) Play(string story)
    {
        DateTimeOffset now = Start.AddYears(1);
        AlertSignal signal = new()
        {
            Source = GivenAlerts.Source, Topic = AlertTopic.Drift, Version = ModelVersionId.New(), Monitor = "drift",
            WindowFrom = Start, WindowTo = Start.AddDays(1), Severity = AlertSeverity.Warning, Sentence = "It sounds.",
        };
        UserId person = new(Guid.CreateVersion7());
        AlertEntry entry = new(new Alert(AlertId.New(), ModelId.New(), signal, AlertSeverity.Warning, person, null, now), [], []);
        int day = 0;
        foreach (char each in story)
        {
            now = now.AddHours(1);
            switch (each)
            {
                case '!' or '.':
                    AlertWindow window = Window(entry, ++day, each == '!');
                    AlertTurn turn = day == 1 ? new AlertTurn.None() : AlertHysteresis.Judge(entry, window, AlertTerms.Usual, now);
                    entry = Turned(entry with { Windows = AlertWindows.With(entry.Windows, window) }, turn, now);
                    break;
                case 'E':
                    now = now.AddDays(8);
                    break;
                default:
                    AlertStepKind kind = each switch { 'k' => AlertStepKind.Acknowledge, 'x' => AlertStepKind.Explain, 'f' => AlertStepKind.Fix, _ => AlertStepKind.Accept };
                    entry = With(entry, kind, person, now, until: each == 'a' ? now.AddDays(7) : null);
                    break;
            }
        }

        return (entry, now);
    }

    private static AlertEntry Turned(AlertEntry entry, AlertTurn turn, DateTimeOffset now) => turn switch
    {
        AlertTurn.Escalated escalated => With(entry, AlertStepKind.Escalated, null, now, escalated.Severity),
        AlertTurn.Reopened reopened => With(entry, AlertStepKind.Reopened, null, now, reopened.Severity),
        AlertTurn.Recovered => With(entry, AlertStepKind.Recovered, null, now),
        _ => entry,
    };

    private static AlertEntry With(
        AlertEntry entry, AlertStepKind kind, UserId? by, DateTimeOffset now, AlertSeverity? severity = null, DateTimeOffset? until = null) => entry with
    {
        Steps =
        [
            .. entry.Steps,
            new AlertStep(AlertStepId.New(), entry.Alert.Id, entry.Steps.Count + 1, kind, entry.LastTo, by, now) { Severity = severity, Until = until },
        ],
    };
}

using System.CommandLine;
using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Monitoring;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.MonitorPlans;

/// <summary><c>governance monitors expect</c>: how many false alerts a plan raises in months in which nothing changes.</summary>
internal static class NullMonthsCommand
{
    private static readonly Option<int?> Months = new("--months") { Description = "How many months are drawn from the reference; 20 by default.", HelpName = "N" };
    private static readonly Option<int?> Days = new("--days") { Description = "Days of a month; 30 by default.", HelpName = "N" };
    private static readonly Option<int?> Rows = new("--rows") { Description = "Rows a day; 200 by default.", HelpName = "N" };
    private static readonly Option<int?> Delay = new("--label-days") { Description = "Days until a label is known; 5 by default.", HelpName = "N" };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "expect", "Count the false alerts of a plan in months drawn from the reference.", RunAsync,
        MonitorsCommand.Plan, MonitorsCommand.Reference, MonitorsCommand.Model, MonitorsCommand.Label, Months, Days, Rows, Delay);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        (int months, int days) = (arguments.GetValue(Months) ?? 20, arguments.GetValue(Days) ?? 30);
        (int rows, int delay) = (arguments.GetValue(Rows) ?? 200, arguments.GetValue(Delay) ?? 5);
        if (months < 1 || days < 1 || rows < 1 || delay < 0)
        {
            throw new InputException("--months, --days and --rows take whole numbers of at least 1, --label-days of at least 0.");
        }

        MonitorSpec spec = await MonitorsCommand.ReadAsync(context, cancellationToken);
        using PreparedReplay replay = await PreparedReplay.LoadAsync(context, spec, cancellationToken);
        IReadOnlyList<ReplayedAlert>[] found = new IReadOnlyList<ReplayedAlert>[months];
        await Parallel.ForAsync(
            0, months, new ParallelOptions { MaxDegreeOfParallelism = context.Threads, CancellationToken = cancellationToken },
            async (month, token) => found[month] = await NullMonths.RunAsync(replay.Plan, replay.Reference.Rows, month, days, rows, delay, token));
        double mean = found.Average(alerts => alerts.Count);
        double accepted = spec.Budget.AMonth * days / FalseAlarmBudget.DaysAMonth;
        double error = months < 2 ? 0 : Math.Sqrt(found.Sum(alerts => Math.Pow(alerts.Count - mean, 2)) / (months - 1) / months);
        await context.People.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{spec.Name}: {mean:0.000} false alerts a month of {days} days (standard error {error:0.000}, {months} months); the plan accepts {accepted:0.000}."));
        TextTable.Write(context.People,
        [
            ["monitor", "false alerts a month", "planned"],
            .. spec.Monitors.Select(terms => (IReadOnlyList<string>)
            [
                terms.Id,
                (found.Sum(alerts => alerts.Count(alert => alert.Monitor == terms.Id)) / (double)months).ToString("0.000", CultureInfo.InvariantCulture),
                (spec.Budget.LevelOf(spec, terms) * spec.Windows[terms.Window].LooksAMonth * days / FalseAlarmBudget.DaysAMonth).ToString("0.000", CultureInfo.InvariantCulture),
            ]),
        ]);
        await context.WriteJsonAsync(
            new { months, days, rows, falseAlertsAMonth = mean, standardError = error, accepted, counts = found.Select(alerts => alerts.Count) }, cancellationToken);
        return mean <= accepted ? 0 : 1;
    }
}

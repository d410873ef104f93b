using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Monitoring;

namespace Governance.Bench;

/// <summary>The false alerts of the plan for the Adult stream in months drawn from its reference, against its budget.</summary>
internal static class MonitorNullMonths
{
    private const int Days = 30;
    private const int RowsADay = 200;
    private const int LabelDays = 5;

    /// <summary>Replays the months on all cores and prints a table.</summary>
    /// <param name="months">How many, at least 2.</param>
    /// <returns>0 where the budget was kept, else 1.</returns>
    public static async Task<int> RunAsync(int months)
    {
        if (Folders.Reference is not string folder)
        {
            Console.Error.WriteLine("The reference data is needed: GOVERNANCE_REFERENCE, or ../shared beside the repository.");
            return 2;
        }

        MonitorSpec spec = ReadMonitorSpec.Run(await File.ReadAllTextAsync(Path.Combine(Folders.Samples, "monitors", "adult-stream.yaml")));
        Table rows = Read(Path.Combine(folder, "data", "datasets", "adult", "validation.csv"));
        string files = Path.Combine(folder, "data", "models", "adult_gbt");
        using WatchedModel model = WatchedModel.Load(
            await File.ReadAllBytesAsync(Path.Combine(files, "model.onnx")), await File.ReadAllBytesAsync(Path.Combine(files, "manifest.json")), rows, 1,
            CancellationToken.None);
        MonitorReference reference = ReplayRows.Reference(rows, model, "income", CancellationToken.None);
        PreparedPlan plan = PreparedPlan.Make(spec, reference, CancellationToken.None);
        IReadOnlyList<ReplayedAlert>[] found = new IReadOnlyList<ReplayedAlert>[months];
        long started = TimeProvider.System.GetTimestamp();
        await Parallel.ForAsync(0, months, async (month, token) =>
            found[month] = await NullMonths.RunAsync(plan, reference.Rows, month, Days, RowsADay, LabelDays, token));
        double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        double scale = Days / FalseAlarmBudget.DaysAMonth;
        ResultTable table = new("monitor", "false alerts a month", "planned");
        foreach (MonitorTerms terms in spec.Monitors)
        {
            double planned = spec.Budget.LevelOf(spec, terms) * spec.Windows[terms.Window].LooksAMonth * scale;
            table.Row(terms.Id, Number(found.Sum(alerts => alerts.Count(alert => alert.Monitor == terms.Id)) / (double)months), Number(planned));
        }

        double mean = found.Average(alerts => alerts.Count);
        double error = Math.Sqrt(found.Sum(alerts => Math.Pow(alerts.Count - mean, 2)) / (months - 1) / months);
        table.Row("all", $"{Number(mean)} (standard error {Number(error)})", Number(spec.Budget.AMonth * scale));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{months} months of {Days} days and {RowsADay} rows a day in {seconds:0} s; {found.Count(alerts => alerts.Count == 0)} without any alert, at most {found.Max(alerts => alerts.Count)} in one."));
        return mean <= spec.Budget.AMonth * scale ? 0 : 1;
    }

    private static Table Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return TableFile.Read(stream, CancellationToken.None);
    }

    private static string Number(double number) => number.ToString("0.000", CultureInfo.InvariantCulture);
}

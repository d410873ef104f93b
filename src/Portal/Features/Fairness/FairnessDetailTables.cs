using System.Globalization;
using Governance.Audit.Fairness;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Fairness;

/// <summary>What stands beside an attribute's rates, as tables for the terminal: worst pairs, the data, proxies, flips, pooled tests.</summary>
internal static class FairnessDetailTables
{
    private const int MostRows = 12;

    private static readonly string[] Worst =
        ["selection_rate", "tpr", "fpr", "tnr", "fnr", "ppv", "npv", "for", "fdr", "accuracy", "treatment_equality", "mean_score", "roc_auc",
         "brier", "log_loss", "ece", "mean_prediction", "mean_error", "mae", "rmse", "macro_f1"];

    /// <summary>Writes one attribute's.</summary>
    public static void Write(TextWriter people, AttributeFairness attribute)
    {
        WriteWorst(people, attribute);
        WriteData(people, attribute);
        WriteProxies(people, attribute);
        WriteFlips(people, attribute);
        WriteStratified(people, attribute);
        foreach (UndefinedMetric few in attribute.FewEvents)
        {
            people.WriteLine($"  few events: {few.Metric} for {string.Join(", ", few.Groups)}: {few.Reason}");
        }
    }

    /// <summary>Writes how unequally outcomes fall on persons.</summary>
    public static void WriteInequality(TextWriter people, FairnessReport report)
    {
        if (report.Inequality is OutcomeInequality inequality)
        {
            people.WriteLine();
            people.WriteLine("inequality of outcomes");
            List<IReadOnlyList<string>> rows = [["", "all persons", .. report.Attributes.Select(attribute => $"between {attribute.Attribute}")]];
            rows.Add(["Theil", TextTable.Number(inequality.Theil), .. report.Attributes.Select(a => TextTable.Number(a.Inequality?.BetweenTheil))]);
            rows.Add(["generalised entropy, alpha 2", TextTable.Number(inequality.GeneralizedEntropy), .. report.Attributes.Select(a => TextTable.Number(a.Inequality?.BetweenGeneralizedEntropy))]);
            rows.Add(["coefficient of variation", TextTable.Number(inequality.CoefficientOfVariation), .. report.Attributes.Select(a => TextTable.Number(a.Inequality?.BetweenCoefficientOfVariation))]);
            rows.Add(["differential fairness", "-", .. report.Attributes.Select(a => TextTable.Number(a.Inequality?.DifferentialFairness))]);
            rows.Add(["bias amplification", "-", .. report.Attributes.Select(a => TextTable.Number(a.Inequality?.BiasAmplification))]);
            TextTable.Write(people, rows);
        }

        if (report.Consistency is ConsistencyReport alike)
        {
            people.WriteLine(
                $"consistency of {alike.Neighbours} nearest rows: {TextTable.Number(alike.Value, alike.Interval)} ({alike.Rows:N0} of {alike.Of:N0} rows)");
        }
    }

    private static void WriteWorst(TextWriter people, AttributeFairness attribute)
    {
        List<IReadOnlyList<string>> rows = [["worst pair", "lowest", "highest", "difference", "ratio"]];
        rows.AddRange(attribute.Spreads.Where(spread => Worst.Contains(spread.Metric) && attribute.Groups.Count > 1).Select(spread => (string[])
        [
            spread.Metric, $"{spread.Lowest.Group} {TextTable.Number(spread.Lowest.Value)}", $"{spread.Highest.Group} {TextTable.Number(spread.Highest.Value)}",
            TextTable.Number(spread.Difference, spread.DifferenceInterval) + (spread.Furthest is string furthest ? $" ({furthest})" : ""),
            TextTable.Number(spread.Ratio, spread.RatioInterval),
        ]));
        Write(people, rows);
    }

    private static void WriteData(TextWriter people, AttributeFairness attribute)
    {
        if (attribute.Data is not DataBalance data)
        {
            return;
        }

        List<IReadOnlyList<string>> rows = [["in the data", "n", "share", "favourable labels", "without label"]];
        rows.AddRange(data.Groups.Take(MostRows).Select(group => (string[])
        [
            group.Group, group.Count.ToString("N0", CultureInfo.InvariantCulture), TextTable.Number(group.Share, group.ShareInterval),
            TextTable.Number(group.FavourableLabels, group.FavourableInterval), group.MissingLabels?.ToString("N0", CultureInfo.InvariantCulture) ?? "-",
        ]));
        Write(people, rows);
        string labels = data.Labels is MetricSpread spread
            ? $"; {spread.Metric} from {TextTable.Number(spread.Lowest.Value)} ({spread.Lowest.Group}) to {TextTable.Number(spread.Highest.Value)} ({spread.Highest.Group})" : "";
        people.WriteLine($"  smallest group over largest {TextTable.Number(data.RepresentationRatio)}, evenness {TextTable.Number(data.Evenness)}{labels}");
    }

    private static void WriteProxies(TextWriter people, AttributeFairness attribute)
    {
        if (attribute.Proxies is not { Columns.Count: > 0 } proxies)
        {
            return;
        }

        List<IReadOnlyList<string>> rows = [[$"tells {attribute.Attribute}", "entropy explained", "ROC AUC", "group", "adjusted p"]];
        rows.AddRange(proxies.Columns.Take(MostRows).Select(column => (string[])
        [
            column.Column, TextTable.Number(column.Explained), TextTable.Number(column.RocAuc, column.Interval), column.Group ?? "-",
            TextTable.PValue(column.AdjustedPValue),
        ]));
        rows.AddRange((proxies.Together ?? []).Select(group => (string[])
            ["(all columns together)", "-", TextTable.Number(group.RocAuc, group.Interval), group.Group, "-"]));
        Write(people, rows);
    }

    private static void WriteFlips(TextWriter people, AttributeFairness attribute)
    {
        if (attribute.Flips is not FlipReport flips)
        {
            return;
        }

        if (!flips.IsInput)
        {
            people.WriteLine($"  the model does not read '{attribute.Attribute}': changing it alone changes no decision");
            return;
        }

        List<IReadOnlyList<string>> rows = [[$"{attribute.Attribute} changed to", "n", "decisions that change", "become favourable", "become unfavourable", "score change"]];
        rows.AddRange(flips.To.Select(level => (string[])
        [
            level.Group, level.Count.ToString("N0", CultureInfo.InvariantCulture), TextTable.Number(level.Rate, level.Interval),
            TextTable.Number(level.BecomeFavourable), TextTable.Number(level.BecomeUnfavourable), TextTable.Number(level.MeanScoreChange),
        ]));
        rows.Add(["(any)", flips.Rows.ToString("N0", CultureInfo.InvariantCulture), TextTable.Number(flips.Rate, flips.Interval), "-", "-", TextTable.Number(flips.MeanScoreChange)]);
        Write(people, rows);
    }

    private static void WriteStratified(TextWriter people, AttributeFairness attribute)
    {
        if (attribute.Stratified is not { Count: > 0 } tests)
        {
            return;
        }

        List<IReadOnlyList<string>> rows = [["within control levels", "metric", "pooled difference", "pooled ratio", "p", "adjusted p"]];
        rows.AddRange(tests.Take(MostRows).Select(test => (string[])
        [
            $"{test.GroupA} - {test.GroupB}", test.Metric, TextTable.Number(test.Difference, test.Interval), TextTable.Number(test.Ratio, test.RatioInterval),
            TextTable.PValue(test.PValue), TextTable.PValue(test.AdjustedPValue),
        ]));
        Write(people, rows);
    }

    private static void Write(TextWriter people, List<IReadOnlyList<string>> rows)
    {
        if (rows.Count > 1)
        {
            TextTable.Write(people, rows);
        }
    }
}

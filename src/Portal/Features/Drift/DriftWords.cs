using System.Globalization;
using Governance.Audit.Drift;
using Governance.Audit.Findings;
using Governance.Registry.Policies;

namespace Governance.Portal.Features.Drift;

/// <summary>Drift in words. Pure.</summary>
internal static class DriftWords
{
    /// <summary>What drift does and does not mean.</summary>
    public const string Means = "A flag is a change of the data to look into, not proof that the model became worse.";

    /// <summary>One column's verdict.</summary>
    public static string Verdict(ColumnDrift column) => column.Drifted switch
    {
        true => "drifted",
        false => "within",
        null => "not measured",
    };

    /// <summary>One column's finding, as the title of its plot: the verdict, the figure, and the limit where there is one.</summary>
    public static string Title(ColumnDrift column) =>
        $"{column.Name} {(column.Drifted switch { true => "has drifted", false => "is within its limit", null => "was not measured" })}: {Name(column.Test)} {PlainNumbers.Value(column.Statistic)}"
        + (column.Threshold is double limit ? $", alarm from {PlainNumbers.Value(limit)}"
            : column.AdjustedPValue is double p ? $", adjusted p {PlainNumbers.Probability(p)}" : "");

    /// <summary>The verdict's mark: drift is a breach of sameness, what could not be measured is open.</summary>
    public static GateVerdict? Mark(ColumnDrift column) => column.Drifted switch
    {
        true => GateVerdict.Breaches,
        false => GateVerdict.Meets,
        null => null,
    };

    /// <summary>The rates of cells without a value, before and now; a dash where both samples have none.</summary>
    public static string Missing(ColumnDrift column) => column.Missing is not RateDrift rate ? "–"
        : string.Create(CultureInfo.InvariantCulture, $"{rate.Reference * 100:0.#} % → {rate.Current * 100:0.#} %");

    /// <summary>What a report says, with its uncertainty, in one sentence.</summary>
    public static string Finding(DriftReport report, DriftOptions options)
    {
        int measured = report.Columns.Count(column => column.Drifted is not null);
        int drifted = report.Columns.Count(column => column.Drifted == true);
        if (report.Columns is [{ Kind: "joint" } joint])
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Taken together, {joint.Name} {(joint.Drifted == true ? "have drifted" : "have not been seen to drift")}: {Name(joint.Test)} {Number(joint.Statistic)}, and a difference like this would arise by chance with probability {Chance(joint.PValue)}.");
        }

        return measured == 0 ? "No column could be measured."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{(drifted == 0 ? "None" : drifted)} of {measured} measured column{(measured == 1 ? "" : "s")} drifted{(drifted == 0 ? "" : $" ({Risk(options)})")}.");
    }

    /// <summary>A test's name in full.</summary>
    public static string Name(string test) => test switch
    {
        "ks" => "Kolmogorov–Smirnov distance",
        "chi2" => "χ²",
        "psi" => "population stability index",
        "js" => "Jensen–Shannon distance",
        "kl" => "Kullback–Leibler divergence",
        "wasserstein" => "Wasserstein distance",
        "wasserstein_normed" => "Wasserstein distance in standard deviations",
        "hellinger" => "Hellinger distance",
        "linf" => "largest difference of shares",
        "tvd" => "total variation distance",
        "mmd" => "maximum mean discrepancy",
        "classifier" => "area under the curve of a classifier",
        _ => test,
    };

    private static string Risk(DriftOptions options) => options.Correction switch
    {
        "holm" => $"at most {options.Alpha * 100:0.##} % of such comparisons without a change name any column",
        "bh" => $"of the columns named by tests about {options.Alpha * 100:0.##} % are false alarms",
        _ => $"each column without a change is named with a chance of {options.Alpha * 100:0.##} %",
    };

    private static string Chance(double? p) => p < 0.0001 ? "below 0.0001" : Number(p);

    private static string Number(double? value) => value?.ToString("0.####", CultureInfo.InvariantCulture) ?? "-";
}

using System.Globalization;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Fusion;

namespace Governance.Bench;

/// <summary>What rows with references or regions of their own cost when explained one by one and together.</summary>
internal static class PartsCost
{
    private const int Rows = 8;
    private const int Turns = 3;
    private const int Samples = 256;

    /// <summary>Measures and prints a table.</summary>
    public static void Run()
    {
        ResultTable table = new("model", "players", "reference", "method", "rows by", "apart: CPU ms", "together: CPU ms", "together / apart", "apart: model rows", "together: model rows");
        foreach ((string name, string players, string? reference, string method, FusionMode fusion) in (IEnumerable<(string, string, string?, string, FusionMode)>)
        [
            ("digits_cnn", "patches:2", "blur", "kernel", FusionMode.Off), ("digits_cnn", "patches:2", "blur", "kernel", FusionMode.On),
            ("digits_cnn", "superpixels:12", null, "kernel", FusionMode.Off), ("digits_cnn", "superpixels:12", null, "kernel", FusionMode.On),
            ("digits_cnn", "superpixels:8", "blur", "exact", FusionMode.Off), ("digits_cnn", "superpixels:8", "blur", "exact", FusionMode.On),
        ])
        {
            if (Folders.Reference is string folder)
            {
                using ExplainedModel model = new(folder, name, tensors: true);
                Measure(table, name, players, reference ?? "50 rows", fusion, (first, count) => model.Request(
                    players, reference, method, method == "kernel" ? Samples : null, 50, first, count) with { Fusion = fusion });
            }
        }
    }

    private static void Measure(ResultTable table, string name, string players, string reference, FusionMode fusion, Func<int, int, ExplainRequest> request)
    {
        List<double> apart = [];
        List<double> together = [];
        (long apartRows, long togetherRows) = (0, 0);
        string method = "";
        for (int turn = 0; turn <= Turns; turn++)
        {
            double started = ThreadTime.Seconds();
            apartRows = Enumerable.Range(0, Rows).Sum(row => Explain(request(row, 1)).ModelRows);
            double between = ThreadTime.Seconds();
            ExplanationReport report = Explain(request(0, Rows));
            double ended = ThreadTime.Seconds();
            (togetherRows, method) = (report.ModelRows, report.Method);
            if (turn > 0)
            {
                apart.Add(between - started);
                together.Add(ended - between);
            }
        }

        double one = apart.Order().ElementAt(Turns / 2);
        double all = together.Order().ElementAt(Turns / 2);
        table.Row(
            name, players, reference, method, fusion == FusionMode.On ? "fused graph" : "masked rows", Number(1000 * one / Rows, "0.00"), Number(1000 * all / Rows, "0.00"),
            Number(all / one, "0.00"), Number(apartRows, "N0"), Number(togetherRows, "N0"));
    }

    private static ExplanationReport Explain(ExplainRequest request) => ExplainRows.Run(request, null, TimeProvider.System, CancellationToken.None);

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

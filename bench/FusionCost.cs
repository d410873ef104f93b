using System.Globalization;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Fusion;

namespace Governance.Bench;

/// <summary>What an explanation costs on the CPU with masked rows and fused, run in turns: the reason for the automatic choice.</summary>
internal static class FusionCost
{
    private const int Rows = 5;
    private const int Turns = 3;
    private const int Samples = 512;

    /// <summary>Measures and prints a table.</summary>
    /// <param name="only">One model, or null for all.</param>
    public static void Run(string? only)
    {
        ResultTable table = new("model", "players", "method", "background", "rows: CPU ms", "fused: CPU ms", "fused / rows", "auto / rows", "rows: bytes", "fused: bytes", "rows: model rows", "fused: model rows");
        string? reference = Folders.Reference;
        foreach ((string name, string? players, string method, int background) in (IEnumerable<(string, string?, string, int)>)
        [
            ("digits_cnn", "patches:2", "kernel", 100), ("digits_cnn", "pixels", "kernel", 1), ("digits_lstm", "steps", "exact", 100), ("digits_transformer", "steps", "exact", 100),
            ("tokens_transformer", "tokens", "kernel", 100), ("tokens_transformer", "tokens", "kernel", 1), ("mlp", null, "exact", 100), ("mlp", null, "kernel", 100), ("gbm", null, "kernel", 100),
            ("digits_cnn", "pixels", "integrated-gradients", 1), ("digits_cnn", "patches:2", "expected-gradients", 10), ("digits_lstm", "steps", "integrated-gradients", 1),
            ("digits_transformer", "steps", "integrated-gradients", 1), ("digits_transformer", "steps", "smoothgrad", 10), ("mlp", null, "integrated-gradients", 1),
        ])
        {
            if (reference is not null && (only is null || only == name))
            {
                using ExplainedModel model = new(reference, name, tensors: players is not null);
                Measure(table, name, model.Request(players, null, method, method == "kernel" ? Samples : null, background, 0, Rows), players);
            }
        }
    }

    private static void Measure(ResultTable table, string name, ExplainRequest request, string? players)
    {
        Dictionary<FusionMode, (List<double> Seconds, ExplanationReport? Report)> found = new()
        {
            [FusionMode.Off] = ([], null), [FusionMode.On] = ([], null), [FusionMode.Auto] = ([], null),
        };
        for (int turn = 0; turn <= Turns; turn++)
        {
            foreach (FusionMode mode in (FusionMode[])[FusionMode.Off, FusionMode.On, FusionMode.Auto])
            {
                double started = ThreadTime.Seconds();
                ExplanationReport report = ExplainRows.Run(request with { Fusion = mode }, null, TimeProvider.System, CancellationToken.None);
                double took = ThreadTime.Seconds() - started;
                if (turn > 0)
                {
                    found[mode].Seconds.Add(took);
                }

                found[mode] = (found[mode].Seconds, report);
            }
        }

        double Median(FusionMode mode) => found[mode].Seconds.Order().ElementAt(Turns / 2) / Rows;
        double plain = Median(FusionMode.Off);
        (ExplanationReport sent, ExplanationReport fused) = (found[FusionMode.Off].Report!, found[FusionMode.On].Report!);
        table.Row(
            name, players ?? "features", request.Method, Number(request.Background.Rows, "0"), Number(1000 * plain, "0.00"), Number(1000 * Median(FusionMode.On), "0.00"),
            Number(Median(FusionMode.On) / plain, "0.00"), Number(Median(FusionMode.Auto) / plain, "0.00"), Number(sent.Transport!.BytesPerExplanation, "N0"),
            fused.Transport!.Path == "fused" ? Number(fused.Transport.BytesPerExplanation, "N0") : "not fused", Number(sent.ModelRows / Rows, "N0"), Number(fused.ModelRows / Rows, "N0"));
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Inference;

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
        ])
        {
            if (reference is not null && (only is null || only == name))
            {
                bool tensors = players is not null;
                string folder = tensors ? Path.Combine(reference, "data", "models", name) : Path.Combine(reference, "goldens", "shap");
                Measure(
                    table, name, File.ReadAllBytes(tensors ? Path.Combine(folder, "model.onnx") : Path.Combine(folder, "models", $"{name}.onnx")),
                    tensors ? ModelEncoding.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json"))) : null,
                    Read(Path.Combine(folder, tensors ? "reference.csv" : "inputs_X50.csv")), Read(Path.Combine(folder, tensors ? "reference.csv" : "background_BG100.csv")),
                    players, method, background);
            }
        }
    }

    private static void Measure(
        ResultTable table, string name, byte[] model, ModelEncoding? encoding, Table data, Table background, string? players, string method, int backgroundRows)
    {
        PredictorOptions run = new() { Provider = "cpu" };
        using OnnxPredictor predictor = OnnxPredictor.Load(model, run, CancellationToken.None);
        using ModelScorer scorer = ModelScorer.Load(predictor, model, run, new ScorerOptions { ClassIndex = 1 }, CancellationToken.None);
        RowEncoder encoder = RowEncoder.For(predictor.Signature, encoding, data, null);
        InputBatch rows = encoder.Encode(data.Head(Rows));
        scorer.Score(rows, CancellationToken.None);
        ExplainRequest request = new()
        {
            Model = scorer.Score, Graph = new ModelGraph(model), Outputs = 1, Output = scorer.Output, ClassIndex = scorer.ClassIndex, GraphColumns = scorer.GraphColumns,
            Rows = rows, Background = encoder.Encode(background.Take([.. Enumerable.Range(background.Rows - backgroundRows, backgroundRows)])),
            Players = players is null ? encoder.Players() : PlayerPlan.Make(PlayerSpec.Parse(players), null, encoder, rows).Players,
            Method = method, Samples = method == "kernel" ? Samples : null, Seed = 1, Threads = 1, Deterministic = true,
        };
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
            name, players ?? "features", method, Number(backgroundRows, "0"), Number(1000 * plain, "0.00"), Number(1000 * Median(FusionMode.On), "0.00"),
            Number(Median(FusionMode.On) / plain, "0.00"), Number(Median(FusionMode.Auto) / plain, "0.00"), Number(sent.Transport!.BytesPerExplanation, "N0"),
            fused.Transport!.Path == "fused" ? Number(fused.Transport.BytesPerExplanation, "N0") : "not fused", Number(sent.ModelRows / Rows, "N0"), Number(fused.ModelRows / Rows, "N0"));
    }

    private static Table Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return CsvTable.Read(stream, CancellationToken.None);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

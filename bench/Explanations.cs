using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;

namespace Governance.Bench;

/// <summary>Explanations per processor-second, model runs included: 100 background rows, one thread, the CPU.</summary>
internal static class Explanations
{
    private const int Rows = 50;
    private const int BackgroundRows = 100;
    private const int Samples = 2048;

    /// <summary>Measures every model that is there and prints a table.</summary>
    public static void Run()
    {
        ResultTable table = new("model", "method", "players", "rows", "wall s", "CPU s", "rows per CPU-second", "model rows per CPU-second");
        string hmda = Path.Combine(Folders.Samples, "hmda");
        foreach (string name in (string[])["hmda_logreg", "hmda_gbt"])
        {
            string folder = Path.Combine(Folders.Samples, "models", name);
            ModelEncoding encoding = ModelEncoding.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
            Measure(table, name, Path.Combine(folder, "model.onnx"), encoding, Path.Combine(hmda, "test.csv"), Path.Combine(hmda, "train.csv"));
        }

        if (Folders.Reference is not string reference || !Directory.Exists(Path.Combine(reference, "goldens", "shap")))
        {
            Console.WriteLine("\nNo reference folder, so the Adult models are left out.");
            return;
        }

        string goldens = Path.Combine(reference, "goldens", "shap");
        foreach (string name in (string[])["logreg", "gbm", "mlp"])
        {
            Measure(
                table, $"Adult {name}", Path.Combine(goldens, "models", $"{name}.onnx"), null,
                Path.Combine(goldens, "inputs_X50.csv"), Path.Combine(goldens, "background_BG100.csv"));
        }
    }

    private static void Measure(ResultTable table, string name, string modelPath, ModelEncoding? encoding, string dataPath, string backgroundPath)
    {
        byte[] model = File.ReadAllBytes(modelPath);
        PredictorOptions run = new() { Provider = "cpu" };
        using OnnxPredictor predictor = OnnxPredictor.Load(model, run, CancellationToken.None);
        using ModelScorer scorer = ModelScorer.Load(predictor, model, run, new ScorerOptions(), CancellationToken.None);
        Table data = Read(dataPath);
        RowEncoder encoder = RowEncoder.For(predictor.Signature, encoding, data, null);
        foreach (string method in (string[])["exact", "kernel"])
        {
            ExplainRequest request = new()
            {
                Model = scorer.Score,
                Graph = new ModelGraph(model),
                Outputs = 1,
                Output = scorer.Output,
                Rows = encoder.Encode(data.Head(Rows)),
                Background = encoder.Encode(Read(backgroundPath).Head(BackgroundRows)),
                Players = encoder.Players(),
                Method = method,
                Samples = method == "kernel" ? Samples : null,
                Seed = 1,
                Threads = 1,
            };
            long modelRows = 0;
            Measurement cost = Measurement.Of(() =>
                modelRows = ExplainRows.Run(request, null, TimeProvider.System, CancellationToken.None).ModelRows);
            table.Row(
                name, method, Number(request.Players.Count, "0"), Number(Rows, "0"), Number(cost.WallSeconds, "0.000"),
                Number(cost.CpuSeconds, "0.000"), Number(Rows / cost.CpuSeconds, "0.0"), Number(modelRows / cost.CpuSeconds, "N0"));
        }
    }

    private static Table Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return CsvTable.Read(stream, CancellationToken.None);
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}

using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Robustness;

namespace Governance.Audit.Tests.Robustness;

/// <summary>A model with its rows, ready to be disturbed.</summary>
internal sealed class Loaded : IDisposable
{
    private Loaded(byte[] file, OnnxPredictor predictor, ModelEncoding? encoding, Table table, string? label)
    {
        Predictor = predictor;
        RowEncoder encoder = RowEncoder.For(
            predictor.Signature, encoding, table, [.. table.Columns.Select(column => column.Name).Where(name => name != label)]);
        Request = new RobustnessRequest
        {
            Predictor = predictor,
            Rule = new DecisionRule(predictor.Signature, encoder.Encoding),
            Encoder = encoder,
            Table = table,
            Label = label,
            Tokens = TokenInputs.Find(file, predictor.Signature),
            Repeats = 2,
            Resamples = 50,
            Seed = 5,
        };
    }

    /// <summary>The model.</summary>
    public OnnxPredictor Predictor { get; }

    /// <summary>What to ask by default.</summary>
    public RobustnessRequest Request { get; }

    /// <summary>A model of the reference data, or of the committed samples, on the first rows of its test data.</summary>
    public static Loaded Reference(string model, string data, string label, int rows, bool committed = false)
    {
        string models = committed ? Path.Combine(Governance.Tests.Reference.Repository, "samples", "models", model) : Governance.Tests.Reference.Path("data", "models", model);
        string folder = committed ? Path.Combine(Governance.Tests.Reference.Repository, "samples", data) : Governance.Tests.Reference.Path("data", "datasets", data);
        using FileStream stream = File.OpenRead(Path.Combine(folder, "test.csv"));
        byte[] file = File.ReadAllBytes(Path.Combine(models, "model.onnx"));
        return Of(file, ModelEncoding.Read(File.ReadAllBytes(Path.Combine(models, "manifest.json"))), TableFile.Read(stream, default).Head(rows), label);
    }

    /// <summary>A model made for a test.</summary>
    public static Loaded Of(byte[] file, ModelEncoding? encoding, Table table, string? label) =>
        new(file, OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default), encoding, table, label);

    /// <summary>Measures some tests.</summary>
    public RobustnessReport Run(params string[] tests) => MeasureRobustness.Run(Request with { Tests = tests }, null, default);

    public void Dispose() => Predictor.Dispose();
}

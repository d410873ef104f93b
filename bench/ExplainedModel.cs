using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Explanations.References;
using Governance.Audit.Inference;

namespace Governance.Bench;

/// <summary>A model of the reference folder with its rows, to be explained on the CPU by one thread.</summary>
internal sealed class ExplainedModel : IDisposable
{
    private readonly byte[] model;
    private readonly OnnxPredictor predictor;
    private readonly ModelScorer scorer;
    private readonly RowEncoder encoder;
    private readonly Table data;
    private readonly Table background;

    /// <summary>Loads a model.</summary>
    /// <param name="reference">The reference folder.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="tensors">Whether it is a network on tensors; else one of the Adult goldens.</param>
    public ExplainedModel(string reference, string name, bool tensors)
    {
        string folder = tensors ? Path.Combine(reference, "data", "models", name) : Path.Combine(reference, "goldens", "shap");
        model = File.ReadAllBytes(tensors ? Path.Combine(folder, "model.onnx") : Path.Combine(folder, "models", $"{name}.onnx"));
        data = Read(Path.Combine(folder, tensors ? "reference.csv" : "inputs_X50.csv"));
        background = Read(Path.Combine(folder, tensors ? "reference.csv" : "background_BG100.csv"));
        PredictorOptions run = new() { Provider = "cpu" };
        predictor = OnnxPredictor.Load(model, run, CancellationToken.None);
        scorer = ModelScorer.Load(predictor, model, run, new ScorerOptions { ClassIndex = 1 }, CancellationToken.None);
        encoder = RowEncoder.For(predictor.Signature, tensors ? ModelEncoding.Read(File.ReadAllBytes(Path.Combine(folder, "manifest.json"))) : null, data, null);
        scorer.Score(encoder.Encode(data.Head(1)), CancellationToken.None);
    }

    /// <summary>What is asked about some rows.</summary>
    /// <param name="players">Parts of pictures and sequences; null for features.</param>
    /// <param name="reference">What stands for unknown; null for the background rows.</param>
    /// <param name="method">The method.</param>
    /// <param name="samples">Coalitions a row; null for the method's own.</param>
    /// <param name="backgroundRows">Reference rows.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">Rows.</param>
    public ExplainRequest Request(string? players, string? reference, string method, int? samples, int backgroundRows, int first, int count)
    {
        int[] rows = [.. Enumerable.Range(first, count)];
        InputBatch encoded = encoder.Encode(data.Take(rows));
        Table others = background.Take([.. Enumerable.Range(background.Rows - backgroundRows, backgroundRows)]);
        PlayerSpec? spec = PlayerSpec.Parse(players);
        IReadOnlyList<PlayerPlan>? each = PlayerPlan.Each(spec, null, encoder, encoded);
        PlayerPlan plan = each?[0] ?? PlayerPlan.Make(spec, null, encoder, encoded);
        ReferenceChoice choice = ReferenceChoice.Of(reference, encoder.Encode(others), null, encoder, others, new ExplainedRows(data.Take(rows), encoded, rows, spec));
        return new ExplainRequest
        {
            Model = scorer.Score, Graph = new ModelGraph(model), Outputs = 1, Output = scorer.Output, ClassIndex = scorer.ClassIndex, GraphColumns = scorer.GraphColumns,
            Rows = encoded, RowIndices = rows, Background = choice.Background, OwnGroups = choice.OwnGroups, Players = plan.Players, OwnPlayers = each,
            Method = method, Samples = samples, Seed = 1, Threads = 1, Deterministic = true,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        scorer.Dispose();
        predictor.Dispose();
    }

    private static Table Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return CsvTable.Read(stream, CancellationToken.None);
    }
}

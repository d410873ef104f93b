using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Explanations.References;
using Governance.Audit.Inference;
using Governance.Audit.Tests.Explanations.Native;
using Governance.Tests;

namespace Governance.Audit.Tests.Explanations.Players;

/// <summary>A model of the reference folder with its reference rows, explained, and masked rows that are put together by hand.</summary>
internal sealed class GivenTensors : IDisposable
{
    private readonly byte[] file;
    private readonly OnnxPredictor predictor;
    private readonly ModelScorer scorer;
    private readonly Table rows;

    /// <summary>Loads a model; the first rows of its reference file are explained.</summary>
    public GivenTensors(string name)
    {
        file = File.ReadAllBytes(Reference.Path("data", "models", name, "model.onnx"));
        rows = NativeExplanation.Open(Reference.Path("data", "models", name, "reference.csv"));
        PredictorOptions run = new() { Provider = "cpu" };
        predictor = OnnxPredictor.Load(file, run, default);
        Encoder = RowEncoder.For(predictor.Signature, ModelEncoding.Read(File.ReadAllBytes(Reference.Path("data", "models", name, "manifest.json"))), rows);
        scorer = ModelScorer.Load(predictor, file, run, new ScorerOptions { AllClasses = true }, default);
        scorer.Score(Encoder.Encode(rows.Head(1)), default);
    }

    /// <summary>The model's features.</summary>
    public RowEncoder Encoder { get; }

    /// <summary>Numbers a row.</summary>
    public int Classes => scorer.ClassCount;

    /// <summary>What is asked: some rows against others.</summary>
    public ExplainRequest Request(string players, string? reference, int first, int count, int backgroundRows, int? window = null)
    {
        Table explained = rows.Take([.. Enumerable.Range(first, count)]);
        Table background = rows.Take([.. Enumerable.Range(100, backgroundRows)]);
        InputBatch encoded = Encoder.Encode(explained);
        PlayerSpec? spec = PlayerSpec.Parse(players);
        IReadOnlyList<PlayerPlan>? each = PlayerPlan.Each(spec, window, Encoder, encoded);
        PlayerPlan plan = each?[0] ?? PlayerPlan.Make(spec, window, Encoder, encoded);
        ReferenceChoice choice = ReferenceChoice.Of(
            reference, Encoder.Encode(background), null, Encoder, background, new ExplainedRows(explained, encoded, [.. Enumerable.Range(first, count)], spec));
        return new ExplainRequest
        {
            Model = scorer.Score,
            Graph = new ModelGraph(file),
            Outputs = scorer.ClassCount,
            Output = scorer.Output,
            Rows = encoded,
            Background = choice.Background,
            BackgroundWeights = choice.Weights,
            OwnGroups = choice.OwnGroups,
            Players = plan.Players,
            OwnPlayers = each,
            Hierarchy = plan.Hierarchy,
            Windows = plan.Windows,
            Method = "kernel",
            Seed = 5,
            Threads = 2,
        };
    }

    /// <summary>Explains.</summary>
    public static ExplanationReport Run(ExplainRequest request) => ExplainRows.Run(request, null, TimeProvider.System, default);

    /// <summary>
    /// The value of every coalition for a row, by the definition: the mean output over all background rows in which the
    /// players of the coalition were overwritten with the row's elements, one by one.
    /// </summary>
    /// <returns>Shape [classes][2^players].</returns>
    public double[][] Game(ExplainRequest request, int row)
    {
        int players = request.Players.Count;
        double[][] values = [.. Enumerable.Range(0, Classes).Select(_ => new double[1 << players])];
        for (int known = 0; known < 1 << players; known++)
        {
            InputBatch masked = request.Background.Slice(0, request.Background.Rows);
            for (int player = 0; player < players; player++)
            {
                foreach (PlayerElement element in (known >> player & 1) == 1 ? request.Players[player].Elements : [])
                {
                    InputTensor from = request.Rows.Tensors[element.Tensor];
                    for (int other = 0; other < masked.Rows; other++)
                    {
                        Array.Copy(from.Values, (row * from.Width) + element.Offset, masked.Tensors[element.Tensor].Values, (other * from.Width) + element.Offset, 1);
                    }
                }
            }

            double[] outputs = predictor.Predict(masked, scorer.Output, default).Numbers!;
            for (int i = 0; i < outputs.Length; i++)
            {
                values[i % Classes][known] += outputs[i] / masked.Rows;
            }
        }

        return values;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        scorer.Dispose();
        predictor.Dispose();
    }
}

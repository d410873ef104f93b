using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Inference;

namespace Governance.Bench.Gpu;

/// <summary>A network with made-up rows and blocks of its elements as players.</summary>
/// <param name="Name">As the table shows it.</param>
/// <param name="File">The ONNX file: one float input.</param>
/// <param name="Players">About how many players.</param>
/// <param name="Samples">Coalitions a row.</param>
/// <param name="BackgroundRows">Reference rows of Kernel SHAP.</param>
/// <param name="InferRows">Rows of batch inference.</param>
/// <param name="Steps">The most gradients of integrated gradients.</param>
internal sealed record DeviceCase(string Name, byte[] File, int Players, int Samples, int BackgroundRows, int InferRows, int Steps)
{
    /// <summary>Runs the model on rows: rows a second, and all outputs.</summary>
    public (double PerSecond, double[] Values) Infer(string provider)
    {
        using OnnxPredictor predictor = Load(provider);
        InputBatch rows = Rows(predictor, InferRows, 7);
        double[] values = [];
        double seconds = Timing.Median(() => values = predictor.Predict(rows, default).Outputs[0].Numbers!);
        return (InferRows / seconds, values);
    }

    /// <summary>Explains a row: seconds, the values, and how rows came to the model.</summary>
    public (double Seconds, double[] Values, Transport Transport) Explain(string provider, string method, FusionMode fusion)
    {
        using OnnxPredictor predictor = Load(provider);
        using ModelScorer scorer = ModelScorer.Load(predictor, File, Options(provider), new ScorerOptions { ClassIndex = 0 }, default);
        InputBatch row = Rows(predictor, 1, 8);
        scorer.Score(row, default);
        bool kernel = method == ExplanationMethods.Kernel;
        ExplainRequest request = new()
        {
            Model = scorer.Score, Graph = new ModelGraph(File), Outputs = 1, Output = scorer.Output, ClassIndex = 0, GraphColumns = scorer.GraphColumns,
            Provider = predictor.Provider, Rows = row, Background = Rows(predictor, kernel ? BackgroundRows : 1, 9), Players = Blocks(row),
            Method = method, Samples = kernel ? Samples : null, Steps = kernel ? null : Steps, Seed = 1, Threads = Environment.ProcessorCount, Fusion = fusion,
        };
        ExplanationReport? report = null;

        // What it takes once is loaded, by the rows after the first as well, so one row is explained several times.
        double seconds = Timing.Median(() => report = ExplainRows.Run(request with { Deterministic = true }, null, TimeProvider.System, default));
        return (seconds, [.. report!.Rows[0].Values[0]], report.Transport!);
    }

    private OnnxPredictor Load(string provider) => OnnxPredictor.Load(File, Options(provider), default);

    private static PredictorOptions Options(string provider) => new() { Provider = provider, Threads = provider == "cpu" ? Environment.ProcessorCount : 1 };

    private static InputBatch Rows(OnnxPredictor predictor, int rows, int seed)
    {
        InputSpec input = predictor.Signature.Inputs[0];
        Random random = new(seed);
        float[] values = new float[rows * input.Width];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.NextDouble();
        }

        return new InputBatch([new InputTensor(input.Name, values, input.Width, [.. input.RowShape])]);
    }

    // Squares of pictures (all channels), runs of elements of anything else.
    private List<Player> Blocks(InputBatch row)
    {
        IReadOnlyList<int> shape = row.Tensors[0].RowShape;
        int width = row.Tensors[0].Width;
        int side = shape.Count == 3 ? shape[1] : 0;
        int across = Math.Max(1, (int)Math.Sqrt(Players));
        List<PlayerElement>[] blocks = [.. Enumerable.Range(0, side > 0 ? across * across : Players).Select(_ => new List<PlayerElement>())];
        for (int i = 0; i < width; i++)
        {
            int block = side > 0 ? (i / side % side * across / side * across) + (i % side * across / side) : (int)((long)i * Players / width);
            blocks[block].Add(new PlayerElement(0, i));
        }

        return [.. blocks.Select((block, i) => new Player($"block {i}", block))];
    }
}

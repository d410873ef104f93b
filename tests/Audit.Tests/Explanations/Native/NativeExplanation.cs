using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Inference;

namespace Governance.Audit.Tests.Explanations.Native;

/// <summary>Explains rows of tables with a model file, as the command does.</summary>
internal sealed record NativeExplanation
{
    public required byte[] Model { get; init; }

    public ModelEncoding? Encoding { get; init; }

    public required Table Rows { get; init; }

    public required Table Background { get; init; }

    public string Method { get; init; } = "auto";

    public string Link { get; init; } = "identity";

    public string? Output { get; init; }

    public bool ByFeature { get; init; }

    public bool AllClasses { get; init; }

    public bool Interactions { get; init; }

    public int? Samples { get; init; }

    public FusionMode Fusion { get; init; }

    public int Threads { get; init; } = 1;

    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Groups { get; init; }

    public IReadOnlyList<double>? Weights { get; init; }

    public ExplanationReport Run()
    {
        PredictorOptions run = new() { Provider = "cpu" };
        using OnnxPredictor predictor = OnnxPredictor.Load(Model, run, default);
        ScorerOptions scoring = new() { Output = Output, AllClasses = AllClasses, Link = Link == "logit" ? ScoreLink.Logit : ScoreLink.Identity };
        using ModelScorer scorer = ModelScorer.Load(predictor, Model, run, scoring, default);
        RowEncoder encoder = RowEncoder.For(predictor.Signature, Encoding, Rows, null);
        if (Groups is not null)
        {
            encoder = new RowEncoder(predictor.Signature, encoder.Encoding with { Groups = Groups });
        }

        InputBatch rows = encoder.Encode(Rows);
        scorer.Score(rows.Slice(0, 1), default);
        ExplainRequest request = new()
        {
            Model = scorer.Score,
            Graph = new ModelGraph(Model),
            Outputs = scorer.ClassCount,
            Output = scorer.Output,
            ClassIndex = scorer.ClassIndex,
            Link = Link,
            Rows = rows,
            Background = encoder.Encode(Background),
            BackgroundWeights = Weights,
            Players = encoder.Players(ByFeature),
            Method = Method,
            Interactions = Interactions,
            Samples = Samples,
            Fusion = Fusion,
            Seed = 7,
            Threads = Threads,
        };
        return ExplainRows.Run(request, null, TimeProvider.System, default);
    }

    /// <summary>A table of the reference folder; skips the test where it is missing.</summary>
    public static Table Read(params string[] parts) => Open(Governance.Tests.Reference.Path(parts));

    /// <summary>A table of a CSV file, packed or not.</summary>
    public static Table Open(string path)
    {
        using FileStream file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress) : file;
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        bytes.Position = 0;
        return CsvTable.Read(bytes, default);
    }

    /// <summary>The training rows of a data set, packed or not.</summary>
    public static Table Training(string dataset) => Read("data", "datasets", dataset, dataset == "adult" ? "train.csv.gz" : "train.csv");

    /// <summary>The largest distance of the first class's values from the columns of a table.</summary>
    public static double Worst(ExplanationReport report, Table expected, Func<int, string> column)
    {
        double worst = 0;
        for (int row = 0; row < report.Rows.Count; row++)
        {
            for (int player = 0; player < report.Features.Count; player++)
            {
                worst = Math.Max(worst, Math.Abs(report.Rows[row].Values[0][player] - expected.Need(column(player)).Number(row)));
            }
        }

        return worst;
    }
}

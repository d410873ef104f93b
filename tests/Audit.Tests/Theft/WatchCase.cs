using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Theft.Detection;
using Governance.Audit.Theft.Streams;
using Governance.Audit.Training;
using Governance.Audit.Training.Networks;
using Governance.Audit.Training.Trees;

namespace Governance.Audit.Tests.Theft;

/// <summary>A model, its owner's rows and rows that the owner does not have.</summary>
/// <param name="Name">Data and kind of model.</param>
/// <param name="Reference">The owner's rows, encoded, with margins.</param>
/// <param name="Held">Rows of the same source that the owner does not have.</param>
/// <param name="Score">The positive class's probability of an encoded row; safe to use from several threads.</param>
internal sealed record WatchCase(string Name, WatchReference Reference, RowSpace Held, Func<float[], double> Score)
{
    /// <summary>How far a score is from being decided otherwise.</summary>
    public static double Margin(double score) => Math.Abs(score - 0.5);

    /// <summary>The cases that the folders at hand allow.</summary>
    /// <param name="samples">The folder of committed samples.</param>
    /// <param name="reference">The reference folder; null where there is none.</param>
    /// <param name="wanted">Data, or data and kind such as "adult-gbt"; none for all.</param>
    public static IEnumerable<WatchCase> All(string samples, string? reference, IReadOnlyList<string> wanted) =>
        from data in reference is null ? (string[])["hmda"] : ["hmda", "german", "adult"]
        from kind in (string[])["logreg", "gbt", "mlp"]
        where wanted.Count == 0 || wanted.Contains(data) || wanted.Contains($"{data}-{kind}")
        select Load(data, kind, samples, reference);

    /// <summary>One case; a kind without a file is trained here, on the features of the data's logistic regression.</summary>
    /// <param name="data">hmda, german or adult.</param>
    /// <param name="kind">logreg, gbt or mlp.</param>
    /// <param name="samples">The folder of committed samples.</param>
    /// <param name="reference">The reference folder; may be null for hmda.</param>
    public static WatchCase Load(string data, string kind, string samples, string? reference)
    {
        string folder = data switch
        {
            "hmda" => Path.Combine(samples, "hmda"),
            "german" => Path.Combine(reference!, "data", "datasets", "german_credit"),
            _ => Path.Combine(reference!, "data", "datasets", data),
        };
        string models = data == "hmda" ? Path.Combine(samples, "models") : Path.Combine(reference!, "data", "models");
        string own = Path.Combine(models, $"{(data == "german" ? "german_credit" : data)}_{kind}");
        bool given = Directory.Exists(own);
        string home = given ? own : own[..^kind.Length] + "logreg";
        ModelEncoding encoding = ModelEncoding.Read(File.ReadAllBytes(Path.Combine(home, "manifest.json")));
        OnnxPredictor predictor = OnnxPredictor.Load(
            File.ReadAllBytes(Path.Combine(home, "model.onnx")), new PredictorOptions { Threads = 1 }, default);
        RowEncoder encoder = new(predictor.Signature, encoding);
        int[][] columns = [.. encoder.Slots.Select((slot, i) => (slot.Column, i)).GroupBy(slot => slot.Column).Select(group => group.Select(slot => slot.i).ToArray())];
        Table train = Read(folder, "train");
        float[] rows = Encode(encoder, train);
        float[] held = [.. Encode(encoder, Read(folder, "validation")), .. Encode(encoder, Read(folder, "test"))];
        int width = encoder.Slots.Count;
        Func<float[], double> score = given ? Given(predictor, encoding) : Trained(kind, rows, width, Labels(data, train));
        double[] margins = [.. Enumerable.Range(0, rows.Length / width).Select(row => Margin(score(rows[(row * width)..((row + 1) * width)])))];
        return new WatchCase($"{data} {kind}", new WatchReference(rows, width, margins, columns), RowSpace.Of(held, width, columns), score);
    }

    private static Func<float[], double> Given(OnnxPredictor predictor, ModelEncoding encoding)
    {
        DecisionRule rule = new(predictor.Signature, encoding);
        string input = predictor.Signature.Inputs[0].Name;
        return row => rule.Decide(predictor.Predict(new InputBatch([new InputTensor(input, row, row.Length, [row.Length])]), default)).Scores![0];
    }

    private static Func<float[], double> Trained(string kind, float[] rows, int width, double[] labels)
    {
        TrainingRows features = new([.. Enumerable.Range(0, width).Select(i => $"f{i}")], rows);
        if (kind == "gbt")
        {
            TreesModel trees = FitTrees.Run(features, labels, new BoostedTreesOptions { Task = TreesTask.Binary, MostLeaves = 15, Seed = 5 }, default);
            return row => trees.Predict(row)[1];
        }

        NetworkModel network = FitNetwork.Run(features, labels, new NetworkOptions { Classes = 2, Hidden = [32, 16], Seed = 5, HeldOutShare = 0.1 }, default);
        return row => network.Predict(row)[1];
    }

    private static double[] Labels(string data, Table table)
    {
        (string column, string positive) = data switch { "hmda" => ("deny", "yes"), "german" => ("credit_risk", "bad"), _ => ("income", ">50K") };
        Column label = table.Need(column);
        return [.. Enumerable.Range(0, table.Rows).Select(row => label.Text(row) == positive ? 1.0 : 0)];
    }

    private static float[] Encode(RowEncoder encoder, Table table) => (float[])encoder.Encode(table).Tensors[0].Values;

    private static Table Read(string folder, string split)
    {
        string path = Path.Combine(folder, split + ".csv");
        using Stream file = File.OpenRead(File.Exists(path) ? path : path + ".gz");
        return TableFile.Read(file, default);
    }
}

using System.Globalization;
using Governance.Audit.Comparisons;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Equivalence;
using Governance.Audit.Inference;
using Governance.Audit.Performance;
using Governance.Audit.Training.Students;
using Governance.Audit.Variants;

namespace Governance.Bench;

/// <summary>Variants of the reference networks and trees: bytes, accuracy on unseen rows with the interval of its difference, and P95 in turns with the parent.</summary>
internal static class Variants
{
    private static readonly (string Model, string Data, string Label)[] Models =
    [
        ("digits_cnn", "digits", "digit"), ("digits_lstm", "digits", "digit"), ("digits_transformer", "digits", "digit"),
        ("german_credit_mlp", "german_credit", "credit_risk"), ("hmda_extracted_copy", "hmda", "deny"),
        ("hmda_gbt", "hmda", "deny"), ("digits_rf", "digits", "digit"),
    ];

    private static readonly VariantRecipe[] Recipes =
    [
        new() { Kind = VariantKind.Int8Dynamic },
        new() { Kind = VariantKind.Int8Dynamic, Scale = ActivationScale.Tensor },
        new() { Kind = VariantKind.Int8Static },
        new() { Kind = VariantKind.Int8Static, Ranges = RangeMethod.Percentile },
        new() { Kind = VariantKind.Int8Static, Ranges = RangeMethod.Entropy },
        new() { Kind = VariantKind.Int8Weights },
        new() { Kind = VariantKind.Fp16 },
        new() { Kind = VariantKind.Optimise },
        new() { Kind = VariantKind.Prune },
        new() { Kind = VariantKind.PruneStructured },
        new() { Kind = VariantKind.PruneStructured, FineTune = 60 },
        new() { Kind = VariantKind.PruneTrees },
        new() { Kind = VariantKind.PruneTrees, Part = TreePart.Leaves },
        new() { Kind = VariantKind.Distil, Student = StudentFamily.Logistic },
        new() { Kind = VariantKind.Distil, Student = StudentFamily.Trees },
        new() { Kind = VariantKind.Distil, Student = StudentFamily.Network },
    ];

    /// <summary>Makes, measures and prints a table.</summary>
    public static int Run()
    {
        if (Folders.Reference is not string folder)
        {
            Console.Error.WriteLine("The reference folder is missing.");
            return 2;
        }

        Console.WriteLine($"Calibration on the validation split, fine-tuning on the training split, measured on the test split; single rows of each, in turns in one run, one thread.");
        Console.WriteLine();
        ResultTable table = new("model", "recipe", "large matrices", "weights", "file", "accuracy", "variant", "difference [95 %]", "decided otherwise", "P95 ms", "variant", "ratio [95 %]");
        foreach ((string model, string data, string label) in Models)
        {
            Measure(table, Path.Combine(folder, "data"), model, data, label);
        }

        return 0;
    }

    private static void Measure(ResultTable table, string folder, string name, string data, string label)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(folder, "models", name, "model.onnx"));
        ModelEncoding encoding = ModelEncoding.Read(File.ReadAllBytes(Path.Combine(folder, "models", name, "manifest.json")));
        Table test = Read(folder, data, "test.csv");
        using OnnxPredictor parent = Load(file);
        RowEncoder encoder = new(parent.Signature, encoding);
        VariantRows calibration = VariantRows.Of(parent.Signature, encoding, Read(folder, data, "validation.csv"), label);
        VariantRows training = VariantRows.Of(parent.Signature, encoding, Read(folder, data, "train.csv"), label);
        InputBatch rows = encoder.Encode(test);
        foreach (VariantRecipe recipe in Recipes)
        {
            MadeVariant made;
            try
            {
                made = MakeVariant.Run(file, recipe, recipe.FineTune > 0 || recipe.Kind == VariantKind.Distil ? training : calibration, null, default);
            }
            catch (InputException refusal)
            {
                Console.Error.WriteLine($"{name}, {RecipeWords.Of(recipe)}: {refusal.Message}");
                continue;
            }

            using OnnxPredictor variant = Load(made.Model);
            ComparisonReport report = CompareModels.Run(
                new ComparedModel("parent", parent, encoding), new ComparedModel("variant", variant, encoding), test,
                new ComparisonOptions { Performance = new PerformanceOptions { Label = label, Interval = IntervalMethod.Bootstrap, Seed = 1 } }, _ => { }, default);
            ComparedMetric accuracy = report.Metrics.First(metric => metric.Name == "accuracy");
            SpeedAtSize speed = TimeTurns.Run(parent, variant, rows, rows, 1, 0.95, TimeProvider.System, default);
            table.Row(
                name, RecipeWords.Of(recipe), Share(made.Summary.LargeMatrices.Ratio), Share(made.Summary.Weights.Ratio), Share(made.Summary.File.Ratio),
                Share(accuracy.A), Share(accuracy.B), $"{Share(accuracy.Difference)} {(accuracy.Interval is { } ends ? $"[{Share(ends[0])}, {Share(ends[1])}]" : "")}",
                $"{report.Flips!.Count} of {report.Count}", Milliseconds(speed.A.P95), Milliseconds(speed.B.P95),
                string.Create(CultureInfo.InvariantCulture, $"{speed.P95Ratio:0.00} [{speed.P95Interval[0]:0.00}, {speed.P95Interval[1]:0.00}]"));
        }
    }

    private static Table Read(string folder, string data, string file)
    {
        using FileStream stream = File.OpenRead(Path.Combine(folder, "datasets", data, file));
        return TableFile.Read(stream, default);
    }

    private static OnnxPredictor Load(byte[] file) => OnnxPredictor.Load(file, new PredictorOptions { Provider = "cpu" }, default);

    private static string Share(double? value) => value?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "-";

    private static string Milliseconds(double seconds) => (1_000 * seconds).ToString("0.0000", CultureInfo.InvariantCulture);
}

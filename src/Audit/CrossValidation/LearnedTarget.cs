using Governance.Audit.Data;
using Governance.Audit.Performance;

namespace Governance.Audit.CrossValidation;

/// <summary>What is learned: the label of each row as a class or a number.</summary>
internal sealed class LearnedTarget
{
    private LearnedTarget(Table table, double[] values, IReadOnlyList<string> classes, double[]? weights, string? positive, PerformanceOptions options)
    {
        Table = table;
        Values = values;
        Classes = classes;
        Weights = weights;
        Positive = positive;
        Options = options;
    }

    /// <summary>The rows that have a label.</summary>
    public Table Table { get; }

    /// <summary>Shape [rows]: the class as 0, 1, … (1 the positive one of two), or the number.</summary>
    public double[] Values { get; }

    /// <summary>The classes; empty for numbers.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>Shape [rows]; null for 1 each.</summary>
    public double[]? Weights { get; }

    /// <summary>The positive class of a binary task.</summary>
    public string? Positive { get; }

    /// <summary>How predictions are measured.</summary>
    public PerformanceOptions Options { get; }

    /// <summary>binary, multiclass or regression.</summary>
    public string Task => Classes.Count == 0 ? "regression" : Positive is null ? "multiclass" : "binary";

    /// <summary>Shape [rows]: the class; 0 for numbers.</summary>
    public int[] Strata => Classes.Count == 0 ? new int[Values.Length] : Array.ConvertAll(Values, value => (int)value);

    /// <summary>What the baseline says of every row.</summary>
    public string Baseline => Classes.Count == 0 ? "the training rows' mean" : "the training rows' most frequent class, and their shares as probabilities";

    /// <summary>Reads the label.</summary>
    /// <exception cref="InputException">A column is missing or cannot serve.</exception>
    public static LearnedTarget Of(Table table, CrossValidationOptions options, Action<AuditWarning> warn)
    {
        PerformanceOptions performance = options.Performance;
        Column label = table.Need(performance.Label);
        int[] kept = [.. Enumerable.Range(0, table.Rows).Where(row => !label.IsMissing(row))];
        if (kept.Length < table.Rows)
        {
            warn(new AuditWarning("missing-label", $"{table.Rows - kept.Length} rows have no label and are left out.", Column: label.Name));
            table = table.Take(kept);
        }

        PerformanceTask task = performance.Task ?? MeasurePerformance.InferTask(table, performance);
        double[]? weights = performance.Weight is null ? null : NumberCells.ReadWeights(table, performance.Weight);
        if (task == PerformanceTask.Regression)
        {
            return new LearnedTarget(table, NumberCells.Read(table, performance.Label), [], weights, null, performance);
        }

        Levels levels = Levels.Of(table.Need(performance.Label));
        if (levels.Names.Count < 2)
        {
            throw new InputException($"'{performance.Label}' has one class only: there is nothing to learn.") { Column = performance.Label };
        }

        if (task == PerformanceTask.Binary)
        {
            BinaryDecisions read = ReadDecisions.From(
                table, new DecisionColumns { Label = performance.Label, Prediction = performance.Label, Positive = performance.Positive }, warn).Decisions;
            return new LearnedTarget(
                table, Array.ConvertAll(read.Label.ToArray(), code => (double)code), [read.Negative, read.Positive], weights, read.Positive, performance);
        }

        return new LearnedTarget(table, Array.ConvertAll(levels.Codes.ToArray(), code => (double)code), levels.Names, weights, null, performance);
    }

    /// <summary>Predictions of rows, ready to be measured.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="said">Shape [rows][classes]: probabilities, or the number.</param>
    public PredictionSample Sample(int[] rows, double[][] said)
    {
        double[]? weight = Weights is null ? null : Array.ConvertAll(rows, row => Weights[row]);
        if (Classes.Count == 0)
        {
            return new NumberSample(
                new NumberPredictions(Array.ConvertAll(rows, row => Values[row]), Array.ConvertAll(said, own => own[0]), null, null, weight ?? []), Options);
        }

        if (Positive is not null)
        {
            double threshold = Options.Threshold ?? 0.5;
            return new BinarySample(
                new BinaryDecisions(
                    Positive, Positive, Array.ConvertAll(rows, row => (sbyte)Values[row]),
                    Array.ConvertAll(said, own => (sbyte)(own[1] >= threshold ? 1 : 0)), Array.ConvertAll(said, own => own[1]), weight)
                {
                    Negative = Classes[0],
                },
                Options);
        }

        double[][] probability = [.. Enumerable.Range(0, Classes.Count).Select(k => Array.ConvertAll(said, own => own[k]))];
        return new ClassSample(
            new ClassPredictions(Classes, Array.ConvertAll(rows, row => (int)Values[row]), Array.ConvertAll(said, Highest), probability, weight), Options);
    }

    /// <summary>The class of the highest probability, the first of equals.</summary>
    public static int Highest(double[] said) => Array.IndexOf(said, said.Max());
}

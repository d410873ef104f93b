using Governance.Audit.Data;
using Governance.Audit.Data.Duplicates;
using Governance.Audit.Performance;
using Governance.Audit.Training;

namespace Governance.Audit.CrossValidation;

/// <summary>What one fold gave.</summary>
/// <param name="Fold">Its metrics.</param>
/// <param name="Rows">The rows tried.</param>
/// <param name="Said">Shape [rows][classes]: what the model said of them.</param>
/// <param name="Warnings">What a reader must know.</param>
internal sealed record TrialResult(TriedFold Fold, int[] Rows, double[][] Said, IReadOnlyList<AuditWarning> Warnings)
{
    /// <summary>Repeat and fold.</summary>
    public string Name => $"{Fold.Repeat}.{Fold.Fold}";
}

/// <summary>Trains on a fold's rows and tries the model on the others.</summary>
/// <param name="target">What is learned.</param>
/// <param name="columns">What it is learned from.</param>
/// <param name="index">Rows of equal features.</param>
/// <param name="options">Kind and seed.</param>
internal sealed class FoldTrial(LearnedTarget target, Column[] columns, RowIndex index, CrossValidationOptions options)
{
    /// <summary>Trains and tries. Safe to call from several threads.</summary>
    public TrialResult Run(DealtFold fold, CancellationToken cancellationToken)
    {
        FittedColumns fitted = FittedColumns.Of(columns, fold.Train, options.Kind == TrainedKind.Trees, options.MostLevels);
        List<AuditWarning> warnings = [];
        double[] shares = Shares(fold.Train);
        bool onlyOne = target.Classes.Count > 0 && shares.Count(share => share > 0) < 2;
        if (onlyOne)
        {
            warnings.Add(new AuditWarning(
                "one-class-fold", $"Fold {fold.Fold} trains on rows of one class only: its model says that class of every row."));
        }

        Func<float[], double[]> model = onlyOne || fitted.Names.Count == 0 ? _ => shares : Train(fold, fitted, cancellationToken);
        double[][] said = onlyOne || fitted.Names.Count == 0 ? [.. fold.Test.Select(_ => shares)] : Predict(model, fitted.Encode(fold.Test, null));
        ScoreSheet own = target.Sample(fold.Test, said).Measure(cancellationToken);
        ScoreSheet baseline = target.Sample(fold.Test, [.. fold.Test.Select(_ => shares)]).Measure(cancellationToken);
        return new TrialResult(
            new TriedFold(fold.Repeat, fold.Fold, fold.Train.Length, fold.Test.Length, Repeated(fold), fitted.Names.Count, own.Metrics, baseline.Metrics),
            fold.Test, said, warnings);
    }

    private Func<float[], double[]> Train(DealtFold fold, FittedColumns fitted, CancellationToken cancellationToken)
    {
        double[]? weights = target.Weights is null ? null : Array.ConvertAll(fold.Train, row => target.Weights[row]);
        TrainingRows rows = fitted.Encode(fold.Train, weights);
        double[] targets = Array.ConvertAll(fold.Train, row => target.Values[row]);
        int classes = Math.Max(1, target.Classes.Count);
        int seed = unchecked((int)Explanations.SeededRandom.Mix(((ulong)(uint)options.Seed << 32) + (ulong)((fold.Repeat * 1_000) + fold.Fold)));
        return TrainKind.Run(rows, targets, classes, options, seed, cancellationToken);
    }

    private static double[][] Predict(Func<float[], double[]> model, TrainingRows rows) =>
        [.. Enumerable.Range(0, rows.Count).Select(row => model(rows.Row(row).ToArray()))];

    // The classes' shares among the training rows, or the mean.
    private double[] Shares(int[] train)
    {
        double[] sums = new double[Math.Max(1, target.Classes.Count)];
        double all = 0;
        foreach (int row in train)
        {
            double mass = target.Weights is null ? 1 : target.Weights[row];
            all += mass;
            sums[target.Classes.Count == 0 ? 0 : (int)target.Values[row]] += target.Classes.Count == 0 ? mass * target.Values[row] : mass;
        }

        return Array.ConvertAll(sums, sum => sum / all);
    }

    private int Repeated(DealtFold fold)
    {
        HashSet<int> known = [.. fold.Train.Select(row => index.FirstOf[row])];
        return fold.Test.Count(row => known.Contains(index.FirstOf[row]));
    }
}

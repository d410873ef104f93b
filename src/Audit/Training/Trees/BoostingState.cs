using Governance.Audit.Explanations;

namespace Governance.Audit.Training.Trees;

/// <summary>Margins so far, and the derivatives of the loss there.</summary>
internal sealed class BoostingState
{
    private readonly TrainingRows source;
    private readonly double[] targets;
    private readonly BoostedTreesOptions options;
    private readonly double[][] margins;
    private readonly int[] heldOut;

    /// <summary>Starts at the best constant; holds rows out where the options say so.</summary>
    public BoostingState(TrainingRows source, double[] targets, BoostedTreesOptions options)
    {
        (this.source, this.targets, this.options) = (source, targets, options);
        SeededRandom random = new(options.Seed, 0);
        List<int> train = [];
        List<int> rest = [];
        for (int row = 0; row < source.Count; row++)
        {
            (options.HeldOutShare > 0 && random.NextDouble() < options.HeldOutShare ? rest : train).Add(row);
        }

        Rows = train.Count == 0 ? [.. rest] : [.. train];
        heldOut = rest.Count == 0 ? [.. train] : [.. rest];
        Base = Constants();
        margins = [.. Base.Select(value => Enumerable.Repeat((double)value, source.Count).ToArray())];
        Slopes = [.. Base.Select(_ => new double[source.Count])];
        Curves = [.. Base.Select(_ => new double[source.Count])];
    }

    /// <summary>The rows to grow on, increasing.</summary>
    public int[] Rows { get; }

    /// <summary>Shape [outputs]: the constants that the trees start from.</summary>
    public float[] Base { get; }

    /// <summary>Shape [outputs][rows]: first derivatives of the loss.</summary>
    public double[][] Slopes { get; }

    /// <summary>Shape [outputs][rows]: second derivatives of the loss.</summary>
    public double[][] Curves { get; }

    /// <summary>Works the derivatives out at the margins of now.</summary>
    public void Differentiate()
    {
        double[] probabilities = new double[Base.Length];
        for (int row = 0; row < source.Count; row++)
        {
            double weight = source.Weights[row];
            if (options.Task == TreesTask.Regression)
            {
                (Slopes[0][row], Curves[0][row]) = (weight * (margins[0][row] - targets[row]), weight);
                continue;
            }

            Probabilities(row, probabilities);
            for (int output = 0; output < probabilities.Length; output++)
            {
                double hit = options.Task == TreesTask.Binary ? targets[row] : targets[row] == output ? 1 : 0;
                Slopes[output][row] = weight * (probabilities[output] - hit);
                Curves[output][row] = weight * probabilities[output] * (1 - probabilities[output]);
            }
        }
    }

    /// <summary>Adds a tree to the margins of all rows.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="leaf">Shape [rows]: the leaf in which a row lies, where that is known; else -1.</param>
    public void Add(TrainedTree tree, ReadOnlySpan<int> leaf)
    {
        double[] own = margins[tree.Output];
        for (int row = 0; row < own.Length; row++)
        {
            own[row] += leaf[row] >= 0 ? tree.Value[leaf[row]] : tree.At(source.Row(row));
        }
    }

    /// <summary>The mean loss of the rows held out: squared error, or log loss in nats.</summary>
    public double HeldOutLoss()
    {
        double[] probabilities = new double[Base.Length];
        double sum = 0;
        double total = 0;
        foreach (int row in heldOut)
        {
            double loss;
            switch (options.Task)
            {
                case TreesTask.Regression:
                    loss = (margins[0][row] - targets[row]) * (margins[0][row] - targets[row]);
                    break;
                case TreesTask.Binary:
                    loss = LogisticFunction.Loss(margins[0][row], targets[row]);
                    break;
                default:
                    Probabilities(row, probabilities);
                    loss = -Math.Log(Math.Max(probabilities[(int)targets[row]], double.Epsilon));
                    break;
            }

            sum += source.Weights[row] * loss;
            total += source.Weights[row];
        }

        return total > 0 ? sum / total : 0;
    }

    private void Probabilities(int row, double[] probabilities)
    {
        if (options.Task == TreesTask.Binary)
        {
            probabilities[0] = LogisticFunction.At(margins[0][row]);
            return;
        }

        for (int output = 0; output < probabilities.Length; output++)
        {
            probabilities[output] = margins[output][row];
        }

        LogisticFunction.Softmax(probabilities);
    }

    private float[] Constants()
    {
        double total = 0;
        double[] sums = new double[options.Outputs];
        foreach (int row in Rows)
        {
            total += source.Weights[row];
            if (options.Task == TreesTask.Multiclass)
            {
                sums[(int)targets[row]] += source.Weights[row];
            }
            else
            {
                sums[0] += source.Weights[row] * targets[row];
            }
        }

        if (total == 0)
        {
            return new float[options.Outputs];
        }

        // A class that does not occur starts where half a row of it would put it.
        double Share(double sum) => Math.Clamp(sum / total, 0.5 / (Rows.Length + 1), 1 - (0.5 / (Rows.Length + 1)));
        return options.Task switch
        {
            TreesTask.Regression => [(float)(sums[0] / total)],
            TreesTask.Binary => [(float)Math.Log(Share(sums[0]) / (1 - Share(sums[0])))],
            _ => [.. sums.Select(sum => (float)Math.Log(Share(sum)))],
        };
    }
}

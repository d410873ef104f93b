using Governance.Audit.Training.Export;
using Governance.Audit.Training.Networks;
using Governance.Audit.Training.Trees;

namespace Governance.Audit.Training.Students;

/// <summary>A trained student: what it says of a row, and how it is written.</summary>
/// <param name="Predict">From a row, shape [features], to the probability of each class, or to the value alone.</param>
/// <param name="Export">The ONNX file, from the classes by name; none for a value.</param>
public sealed record Student(Func<float[], double[]> Predict, Func<IReadOnlyList<string>, byte[]> Export)
{
    /// <summary>Linear students: shape [1 for two classes or a value, else classes][1 + features], the constant first; null for others.</summary>
    public double[][]? Form { get; init; }

    /// <summary>Students of trees; null for others.</summary>
    public TreesModel? Trees { get; init; }
}

/// <summary>Trains a small model on what a larger one says of rows.</summary>
/// <remarks>
/// Cross-entropy with the teacher's shares, softened by the temperature (Hinton, Vinyals and Dean, "Distilling the knowledge in
/// a neural network", 2015, section 2), or squared error of values. No labels are used. The same answers, options and seed give
/// the same student.
/// </remarks>
public static class TrainStudent
{
    private const int MostPasses = 120_000;

    /// <summary>Trains.</summary>
    /// <param name="names">Shape [features].</param>
    /// <param name="rows">Shape [rows][features], at least one row; NaN where missing, which trees alone take.</param>
    /// <param name="answers">Shape [rows][classes]: the teacher's shares, each row adding up to 1; or [rows][1]: its values.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ArgumentException">A value is missing and the student takes none, or the temperature lies below 1.</exception>
    public static Student Run(
        IReadOnlyList<string> names, IReadOnlyList<float[]> rows, IReadOnlyList<double[]> answers, StudentOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Temperature, 1);
        double heat = answers[0].Length == 1 ? 1 : options.Temperature;
        double[][] soft = [.. answers.Select(answer => Soften(answer, heat))];
        return options.Family switch
        {
            StudentFamily.Logistic => Linear(names, rows, soft, heat, cancellationToken),
            StudentFamily.Tree or StudentFamily.Trees => Grown(names, rows, soft, heat, options, cancellationToken),
            StudentFamily.Network => Network(names, rows, soft, heat, options, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Family, null),
        };
    }

    /// <summary>Shares with all log-odds divided by a temperature; values stay.</summary>
    /// <param name="answer">Shape [classes], adding up to 1; or [1].</param>
    /// <param name="heat">At least 1.</param>
    public static double[] Soften(double[] answer, double heat)
    {
        if (answer.Length == 1 || heat == 1)
        {
            return answer;
        }

        double[] raised = [.. answer.Select(share => Math.Pow(Math.Max(share, 0), 1 / heat))];
        double sum = raised.Sum();
        return [.. raised.Select(share => share / sum)];
    }

    private static Student Linear(IReadOnlyList<string> names, IReadOnlyList<float[]> rows, double[][] soft, double heat, CancellationToken cancellationToken)
    {
        int classes = soft[0].Length;
        double penalty = 1e-6 * rows.Count;
        if (classes <= 2)
        {
            TrainingRows plain = new(names, [.. rows.SelectMany(row => row)]);
            double[] goals = [.. soft.Select(answer => answer[^1])];
            if (classes == 1)
            {
                LinearModel line = FitLinear.Run(plain, goals, penalty);
                return new Student(row => [line.Predict(row)], _ => ExportOnnx.Write(line)) { Form = [[line.Intercept, .. line.Coefficients]] };
            }

            LogisticModel fit = FitLogistic.Run(plain, goals, penalty);
            LogisticModel two = fit with { Intercept = heat * fit.Intercept, Coefficients = [.. fit.Coefficients.Select(value => heat * value)] };
            return new Student(row => [1 - two.Probability(row), two.Probability(row)], names => ExportOnnx.Write(two, names))
            {
                Form = [[two.Intercept, .. two.Coefficients]],
            };
        }

        SoftTargets targets = SoftTargets.Of(names, rows, soft);
        MultinomialModel found = FitMultinomial.Run(targets.Rows, targets.Targets, classes, penalty, cancellationToken);
        MultinomialModel several = found with
        {
            Intercepts = [.. found.Intercepts.Select(value => heat * value)],
            Coefficients = [.. found.Coefficients.Select(own => (IReadOnlyList<double>)[.. own.Select(value => heat * value)])],
        };
        return new Student(row => several.Predict(row), names => ExportOnnx.Write(several, names))
        {
            Form = [.. several.Intercepts.Select((constant, k) => (double[])[constant, .. several.Coefficients[k]])],
        };
    }

    private static Student Grown(
        IReadOnlyList<string> names, IReadOnlyList<float[]> rows, double[][] soft, double heat, StudentOptions options, CancellationToken cancellationToken)
    {
        int classes = soft[0].Length;
        bool single = options.Family == StudentFamily.Tree;
        SoftTargets targets = SoftTargets.Of(names, rows, soft);
        TreesModel grown = FitTrees.Run(
            targets.Rows, targets.Targets,
            new BoostedTreesOptions
            {
                Task = classes switch { 1 => TreesTask.Regression, 2 => TreesTask.Binary, _ => TreesTask.Multiclass },
                Classes = classes,
                Rounds = single ? 1 : options.Size == 0 ? 40 : options.Size,
                LearningRate = single ? 1 : 0.2,
                Penalty = single ? 0 : 1,
                MostLeaves = single ? (options.Size == 0 ? 8 : options.Size) : 8,

                // A rule that people read speaks of at least 20 rows; a row counts once for each class that its answer leaves possible.
                LeastRows = single ? 20 * classes : Math.Clamp(rows.Count / 40, 2, 20),
                Seed = options.Seed,
            },
            cancellationToken);
        TreesModel cool = single ? MeanLeaves.Of(grown, rows, soft) : grown;
        TreesModel trees = heat == 1 ? cool : cool with
        {
            Base = [.. cool.Base.Select(value => (float)(heat * value))],
            Trees = [.. cool.Trees.Select(tree => tree with { Value = [.. tree.Value.Select(value => (float)(heat * value))] })],
        };
        return new Student(row => trees.Predict(row), names => ExportOnnx.Write(trees, names)) { Trees = trees };
    }

    private static Student Network(
        IReadOnlyList<string> names, IReadOnlyList<float[]> rows, double[][] soft, double heat, StudentOptions options, CancellationToken cancellationToken)
    {
        SoftTargets targets = SoftTargets.Of(names, rows, soft);
        NetworkModel network = FitNetwork.Run(
            targets.Rows, targets.Targets,
            new NetworkOptions
            {
                Classes = soft[0].Length,
                Hidden = [options.Size == 0 ? 16 : options.Size],
                Epochs = Math.Clamp(MostPasses / targets.Rows.Count, 10, 200),
                Batch = 32,
                LearningRate = 3e-3,
                Seed = options.Seed,
            },
            cancellationToken);
        NetworkLayer last = network.Layers[^1];
        NetworkModel warm = heat == 1 ? network : network with
        {
            Layers = [.. network.Layers.SkipLast(1), last with
            {
                Weights = [.. last.Weights.Select(value => (float)(heat * value))], Biases = [.. last.Biases.Select(value => (float)(heat * value))],
            }],
        };
        return new Student(row => warm.Predict(row), names => ExportOnnx.Write(warm, names));
    }
}

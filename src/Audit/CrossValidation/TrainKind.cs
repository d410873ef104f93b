using Governance.Audit.Training;
using Governance.Audit.Training.Networks;
using Governance.Audit.Training.Trees;

namespace Governance.Audit.CrossValidation;

/// <summary>Trains one of the built-in kinds.</summary>
public static class TrainKind
{
    /// <summary>Trains, and says how a row is predicted.</summary>
    /// <param name="rows">Training rows; of trees with missing numbers.</param>
    /// <param name="targets">Shape [rows]: the class as 0, 1, …, or the number.</param>
    /// <param name="classes">At least 2, or 1 for numbers.</param>
    /// <param name="options">Kind, penalty and seed.</param>
    /// <param name="seed">Of this fold.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <returns>From a row of features to the probability of each class, or to the number: shape [classes].</returns>
    /// <exception cref="Data.InputException">The kind does not learn numbers.</exception>
    public static Func<float[], double[]> Run(
        TrainingRows rows, double[] targets, int classes, CrossValidationOptions options, int seed, CancellationToken cancellationToken)
    {
        switch (options.Kind)
        {
            case TrainedKind.Logistic when classes == 1:
                throw new Data.InputException("Logistic regression learns classes: for numbers take --kind trees or mlp.");

            case TrainedKind.Logistic when classes == 2:
                LogisticModel logistic = FitLogistic.Run(rows, targets, options.Penalty);
                return row => logistic.Probability(row) is double p ? [1 - p, p] : [];

            case TrainedKind.Logistic:
                return FitMultinomial.Run(rows, targets, classes, options.Penalty, cancellationToken) is { } multinomial
                    ? row => multinomial.Predict(row)
                    : throw new System.Diagnostics.UnreachableException();

            case TrainedKind.Trees:
                TreesModel trees = FitTrees.Run(
                    rows, targets,
                    new BoostedTreesOptions
                    {
                        Task = classes == 1 ? TreesTask.Regression : classes == 2 ? TreesTask.Binary : TreesTask.Multiclass,
                        Classes = classes,
                        LeastRows = Math.Clamp(rows.Count / 20, 1, 20),
                        Seed = seed,
                    },
                    cancellationToken);
                return row => trees.Predict(row);

            default:
                NetworkModel network = FitNetwork.Run(rows, targets, new NetworkOptions { Classes = classes, Seed = seed }, cancellationToken);
                return row => network.Predict(row);
        }
    }
}

using Governance.Audit.Training;

namespace Governance.Audit.Ensembles;

/// <summary>Trains the model of a stacked ensemble (Wolpert, "Stacked Generalization", Neural Networks 5, 1992).</summary>
internal static class FitStacking
{
    /// <summary>Fits a logistic model on what the members say.</summary>
    /// <param name="probabilities">Shape [members][rows · classes], row-major, of rows that no member was trained on.</param>
    /// <param name="names">The features' names.</param>
    /// <param name="truth">Shape [rows]: the class, from 0.</param>
    /// <param name="classes">The number of classes.</param>
    /// <param name="positive">Of two classes the place of the one whose log-odds are read.</param>
    /// <param name="penalty">The ridge penalty, not negative.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    public static MultinomialModel Run(
        IReadOnlyList<double[]> probabilities, IReadOnlyList<string> names, ReadOnlySpan<double> truth, int classes, int positive, double penalty,
        CancellationToken cancellationToken) =>
        FitMultinomial.Run(
            new TrainingRows(names, StackedFeatures.Of(probabilities, classes, positive)), truth, classes, penalty, cancellationToken);

    /// <summary>What a fitted model says.</summary>
    /// <returns>Shape [rows, classes], row-major.</returns>
    public static double[] Predict(MultinomialModel model, IReadOnlyList<double[]> probabilities, int classes, int positive)
    {
        float[] features = StackedFeatures.Of(probabilities, classes, positive);
        int width = model.Features.Count;
        return [.. Enumerable.Range(0, features.Length / width).SelectMany(row => model.Predict(features.AsSpan(row * width, width)))];
    }
}

namespace Governance.Audit.Performance;

/// <summary>True and predicted classes and class probabilities of the same rows.</summary>
/// <param name="Classes">The classes.</param>
/// <param name="Label">Shape [rows]: the index of the true class.</param>
/// <param name="Prediction">Shape [rows]: the index of the predicted class.</param>
/// <param name="Probability">One array a class, shape [rows] each; null without probabilities.</param>
/// <param name="Weight">Shape [rows], finite and at least 0; null for 1 each.</param>
public sealed record ClassPredictions(
    IReadOnlyList<string> Classes, int[] Label, int[] Prediction, double[][]? Probability, double[]? Weight)
{
    /// <summary>The same with only these rows, in this order.</summary>
    public ClassPredictions Take(int[] rows) => this with
    {
        Label = Array.ConvertAll(rows, row => Label[row]),
        Prediction = Array.ConvertAll(rows, row => Prediction[row]),
        Probability = Probability is null ? null : Array.ConvertAll(Probability, column => Array.ConvertAll(rows, row => column[row])),
        Weight = Weight is null ? null : Array.ConvertAll(rows, row => Weight[row]),
    };
}

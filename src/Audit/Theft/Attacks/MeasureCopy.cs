using Governance.Audit.Statistics;
using Governance.Audit.Training.Students;

namespace Governance.Audit.Theft.Attacks;

/// <summary>How good a copy is, on rows that no thief has seen.</summary>
/// <param name="Agrees">Shape [rows]: whether the copy decides as the model does; empty for a value.</param>
/// <param name="Fidelity">The share of rows decided alike; for a value R².</param>
/// <param name="Interval">Of the fidelity; null where there is none.</param>
/// <param name="R2">Of the copied score against the model's; null where the model's does not vary.</param>
/// <param name="R2Interval">Of <paramref name="R2"/>; null where there is none.</param>
/// <param name="ParameterError">
/// For a linear copy of a linear model: the length of the error of its unknowns, in units of the length of the model's; else null.
/// </param>
public sealed record CopyQuality(
    bool[] Agrees, double Fidelity, Interval? Interval, double? R2, Interval? R2Interval, double? ParameterError);

/// <summary>Compares a copy with the model.</summary>
internal static class MeasureCopy
{
    /// <summary>Compares.</summary>
    /// <param name="copy">The copy.</param>
    /// <param name="rows">Shape [rows][width]: rows that no thief has seen.</param>
    /// <param name="truth">What the model says of them.</param>
    /// <param name="level">The confidence level.</param>
    /// <param name="seed">Of the bootstrap.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static CopyQuality Run(
        CopiedModel copy, float[][] rows, VictimAnswers truth, double level, int seed, CancellationToken cancellationToken)
    {
        double[][] said = [.. rows.Select(row => copy.Predict(row))];
        bool isValue = truth.Labels[0] < 0;
        bool[] agrees = isValue ? [] : [.. said.Select((scores, row) => copy.Label(scores) == truth.Labels[row])];
        (double? r2, Interval? spread) = ScoreAgreement.R2(said, truth.Scores, level, seed, cancellationToken);
        if (isValue)
        {
            return new CopyQuality(agrees, r2 ?? 0, spread, r2, spread, null);
        }

        double share = agrees.Count(same => same) / (double)agrees.Length;
        return new CopyQuality(agrees, share, WilsonInterval.Compute(share, agrees.Length, level), r2, spread, null);
    }

    /// <summary>The error of a linear copy's unknowns, the constants left out.</summary>
    /// <param name="copy">Its form.</param>
    /// <param name="model">The model's form.</param>
    /// <param name="space">The space of both.</param>
    public static double ParameterError(double[][] copy, double[][] model, QuerySpace space)
    {
        LinearDesign design = new(space);
        double error = 0;
        double length = 0;
        for (int k = 0; k < model.Length; k++)
        {
            double[] wanted = design.Solution(model[k]);
            double[] got = design.Solution(copy[k]);
            for (int i = 1; i < wanted.Length; i++)
            {
                error += (got[i] - wanted[i]) * (got[i] - wanted[i]);
                length += wanted[i] * wanted[i];
            }
        }

        return length > 0 ? Math.Sqrt(error / length) : Math.Sqrt(error);
    }
}

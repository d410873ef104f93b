using Governance.Audit.Explanations;
using Governance.Audit.Performance;
using Governance.Audit.Training;
using MathNet.Numerics.Statistics;

namespace Governance.Audit.Ensembles;

/// <summary>Trains the model of a stacked ensemble (Wolpert, "Stacked Generalization", Neural Networks 5, 1992).</summary>
internal static class FitStacking
{
    // A third of fewer rows than this tells little; the form with fewer numbers is the safer one.
    private const int LeastToChoose = 30;
    private const int Parts = 3;
    private const double LeastProbability = 1e-15;

    /// <summary>Fits a model on what the members say.</summary>
    /// <param name="rows">What was asked for, and of which rows.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    public static StackedFit Run(StackedRows rows, CancellationToken cancellationToken)
    {
        if (rows.Form != StackedForm.Chosen)
        {
            return Fit(rows, rows.Form, null, cancellationToken);
        }

        if (rows.Truth.Length < LeastToChoose)
        {
            return Fit(rows, StackedForm.Shared, null, cancellationToken);
        }

        StackedTrial trial = Try(rows, cancellationToken);
        return Fit(rows, trial.TakesFull ? StackedForm.Full : StackedForm.Shared, trial, cancellationToken);
    }

    private static StackedTrial Try(StackedRows rows, CancellationToken cancellationToken)
    {
        int[] dealt = DealRows.Stratified(Array.ConvertAll(rows.Truth, code => (int)code), Parts, new SeededRandom(rows.Seed, -43));
        List<double> full = [], shared = [];
        for (int part = 0; part < Parts; part++)
        {
            StackedRows kept = rows.Take([.. Enumerable.Range(0, dealt.Length).Where(row => dealt[row] != part)]);
            StackedRows heldOut = rows.Take([.. Enumerable.Range(0, dealt.Length).Where(row => dealt[row] == part)]);
            full.AddRange(Losses(Fit(kept, StackedForm.Full, null, cancellationToken), heldOut));
            shared.AddRange(Losses(Fit(kept, StackedForm.Shared, null, cancellationToken), heldOut));
        }

        double[] less = [.. shared.Zip(full, (one, each) => one - each)];
        return new StackedTrial(less.Length, full.Average(), shared.Average(), less.StandardDeviation() / Math.Sqrt(less.Length));
    }

    private static StackedFit Fit(StackedRows rows, StackedForm form, StackedTrial? trial, CancellationToken cancellationToken)
    {
        if (form == StackedForm.Full)
        {
            TrainingRows features = new(rows.Names, StackedFeatures.Of(rows.Probabilities, rows.Classes, rows.Positive));
            return new StackedFit(FitMultinomial.Run(features, rows.Truth, rows.Classes, rows.Penalty, cancellationToken), null, trial);
        }

        (double[] coefficients, bool converged, int steps) = FitShared.Run(rows.Probabilities, rows.Truth, rows.Classes, rows.Penalty, cancellationToken);
        return new StackedFit(FitShared.Model(coefficients, rows.Names, rows.Classes, rows.Positive, converged, steps), coefficients, trial);
    }

    private static IEnumerable<double> Losses(StackedFit fit, StackedRows rows)
    {
        double[] said = Predict(fit.Model, rows.Probabilities, rows.Classes, rows.Positive);
        return rows.Truth.Select((code, row) => -Math.Log(Math.Max(said[(row * rows.Classes) + (int)code], LeastProbability)));
    }

    /// <summary>What a fitted model says.</summary>
    /// <returns>Shape [rows, classes], row-major.</returns>
    public static double[] Predict(MultinomialModel model, IReadOnlyList<double[]> probabilities, int classes, int positive)
    {
        float[] features = StackedFeatures.Of(probabilities, classes, positive);
        int width = model.Features.Count;
        return [.. Enumerable.Range(0, features.Length / width).SelectMany(row => model.Predict(features.AsSpan(row * width, width)))];
    }
}

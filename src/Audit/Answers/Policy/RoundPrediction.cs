namespace Governance.Audit.Answers.Policy;

/// <summary>Rounds, cuts and bands predictions. Pure.</summary>
/// <remarks>
/// Halves are rounded away from zero. Rounded probabilities need not add up to 1; the label is the model's own and is not
/// derived from them. Rounding alone is no defence (ten times as many answers undo it): budgets are.
/// </remarks>
internal static class RoundPrediction
{
    private const int MostTop = 3;
    private const int Bands = 4;

    public static ReleasedPrediction Apply(RowPrediction row, PredictionForm form, ValueSpread? spread) => row.Value is double value
        ? ApplyValue(value, form, spread)
        : new ReleasedPrediction(row.Label, Probabilities(row, form), null, null);

    private static Dictionary<string, double>? Probabilities(RowPrediction row, PredictionForm form)
    {
        if (row.Probabilities is null || row.Classes is null || form == PredictionForm.LabelOnly)
        {
            return null;
        }

        IEnumerable<int> shown = Enumerable.Range(0, row.Classes.Count);
        if (form == PredictionForm.TopK)
        {
            int most = Math.Clamp(row.Classes.Count / 2, 1, MostTop);
            shown = shown.OrderByDescending(at => row.Probabilities[at]).ThenBy(at => at).Take(most);
        }

        int? decimals = form switch
        {
            PredictionForm.Full => null,
            PredictionForm.TwoDecimals => 2,
            _ => 1,
        };
        return shown.ToDictionary(
            at => row.Classes[at], at => decimals is int digits ? Round(row.Probabilities[at], digits) : row.Probabilities[at], StringComparer.Ordinal);
    }

    private static ReleasedPrediction ApplyValue(double value, PredictionForm form, ValueSpread? spread)
    {
        double width = spread is ValueSpread known ? known.High - known.Low : 0;
        return form switch
        {
            PredictionForm.Full => new ReleasedPrediction(null, null, value, null),
            PredictionForm.LabelOnly => new ReleasedPrediction(null, null, null, Band(value, spread, width)),
            PredictionForm.TwoDecimals => new ReleasedPrediction(null, null, OnGrid(value, width / 100, 2), null),
            _ => new ReleasedPrediction(null, null, OnGrid(value, width / 10, 1), null),
        };
    }

    // A power of ten of at most the wanted step, so that people can read it; without a spread, so many digits of the value itself.
    private static double OnGrid(double value, double step, int digits)
    {
        if (!double.IsFinite(value) || value == 0)
        {
            return value;
        }

        double exponent = step > 0 && double.IsFinite(step)
            ? Math.Floor(Math.Log10(step))
            : Math.Floor(Math.Log10(Math.Abs(value))) - digits + 1;
        double grid = Math.Pow(10, Math.Abs(exponent));
        double rounded = exponent >= 0
            ? Math.Round(value / grid, MidpointRounding.AwayFromZero) * grid
            : Math.Round(value * grid, MidpointRounding.AwayFromZero) / grid;
        return rounded + 0.0; // no negative zero
    }

    private static ValueBand Band(double value, ValueSpread? spread, double width)
    {
        if (spread is not ValueSpread known || !(width > 0))
        {
            return new ValueBand(null, null);
        }

        int band = (int)Math.Clamp(Math.Floor((value - known.Low) / width * Bands), 0, Bands - 1);
        return new ValueBand(
            band == 0 ? null : known.Low + (width * band / Bands), band == Bands - 1 ? null : known.Low + (width * (band + 1) / Bands));
    }

    private static double Round(double probability, int digits) => Math.Round(probability, digits, MidpointRounding.AwayFromZero) + 0.0;
}

namespace Governance.Audit.Fairness;

/// <summary>How scores would have to be stretched and moved to be calibrated, by group.</summary>
/// <remarks>
/// Cox (1958), Biometrika 45, 562–565: a logistic regression of the label on the score's log-odds. The slope is 1 where
/// scores are neither too bold (below 1) nor too timid (above 1); the intercept, fitted with the slope held at 1
/// (calibration in the large), is 0 where scores are right on average and above 0 where they are too low. Scores are kept
/// 1e-7 from 0 and 1. Newton steps for all groups at once, O(rows) each. NaN where a class is missing, the scores of a
/// group are all alike, or they separate the classes.
/// </remarks>
/// <param name="Slope">1 is right.</param>
/// <param name="SlopeError">Its standard error; with weights of effective rows.</param>
/// <param name="Intercept">In log-odds; 0 is right.</param>
/// <param name="InterceptError">Its standard error.</param>
internal readonly record struct CalibrationFit(double Slope, double SlopeError, double Intercept, double InterceptError)
{
    private const double Clip = 1e-7;

    private const int MostSteps = 30;

    // Beyond this the classes are separated, and the estimate runs to infinity.
    private const double SteepestSlope = 1e3;

    /// <summary>Fits all groups.</summary>
    /// <param name="score">Shape [rows], in [0, 1]; NaN for none.</param>
    /// <param name="label">Shape [rows]: 1 positive, 0 negative, -1 not known.</param>
    /// <param name="weight">Shape [rows], finite and at least 0; empty for 1 each.</param>
    /// <param name="codes">Shape [rows]: the group's index, -1 for none; empty for one group.</param>
    /// <param name="groups">How many groups there are.</param>
    public static CalibrationFit[] Compute(
        ReadOnlySpan<double> score, ReadOnlySpan<sbyte> label, ReadOnlySpan<double> weight, ReadOnlySpan<int> codes, int groups)
    {
        double[] odds = new double[score.Length];
        Group[] states = new Group[groups];
        for (int row = 0; row < odds.Length; row++)
        {
            double clipped = Math.Clamp(score[row], Clip, 1 - Clip);
            odds[row] = Math.Log(clipped / (1 - clipped));
            int code = codes.IsEmpty ? 0 : codes[row];
            if (code >= 0 && label[row] >= 0 && !double.IsNaN(odds[row]))
            {
                states[code].Begin(label[row], weight.IsEmpty ? 1 : weight[row], odds[row]);
            }
        }

        for (int step = 0; step < MostSteps && Array.Exists(states, state => state.IsOpen); step++)
        {
            for (int row = 0; row < odds.Length; row++)
            {
                int code = codes.IsEmpty ? 0 : codes[row];
                if (code >= 0 && states[code].IsOpen && label[row] >= 0 && !double.IsNaN(odds[row]))
                {
                    states[code].Add(label[row], weight.IsEmpty ? 1 : weight[row], odds[row]);
                }
            }

            for (int code = 0; code < groups; code++)
            {
                states[code].Step();
            }
        }

        return Array.ConvertAll(states, state => state.Finish());
    }

    /// <summary>The fit of one group under way: slope with its own intercept, and the intercept at slope 1.</summary>
    private struct Group
    {
        private double positives;
        private double negatives;
        private double squaredWeight;
        private double least;
        private double most;
        private double moved;
        private double slope;
        private double intercept;
        private double g0;
        private double g1;
        private double h00;
        private double h01;
        private double h11;
        private double k0;
        private double k00;
        private bool begun;
        private bool closed;
        private bool converged;

        public readonly bool IsOpen => begun && !closed;

        public void Begin(int label, double weight, double odds)
        {
            (positives, negatives) = label == 1 ? (positives + weight, negatives) : (positives, negatives + weight);
            squaredWeight += weight * weight;
            least = begun ? Math.Min(least, odds) : odds;
            most = begun ? Math.Max(most, odds) : odds;
            slope = 1;
            begun = true;
        }

        public void Add(int label, double weight, double odds)
        {
            double p = Sigma(moved + (slope * odds));
            double error = weight * (label - p);
            double curve = weight * p * (1 - p);
            g0 += error;
            g1 += error * odds;
            h00 += curve;
            h01 += curve * odds;
            h11 += curve * odds * odds;
            double q = Sigma(intercept + odds);
            k0 += weight * (label - q);
            k00 += weight * q * (1 - q);
        }

        public void Step()
        {
            if (!IsOpen)
            {
                return;
            }

            double determinant = (h00 * h11) - (h01 * h01);
            if (!(positives > 0 && negatives > 0 && most > least && determinant > 1e-12 * h00 * h11 && k00 > 0))
            {
                closed = true;
                return;
            }

            double byMoved = ((h11 * g0) - (h01 * g1)) / determinant;
            double bySlope = ((h00 * g1) - (h01 * g0)) / determinant;
            double byIntercept = k0 / k00;

            // Short steps while far away keep Newton's method from leaping over the optimum.
            moved += Math.Clamp(byMoved, -5, 5);
            slope += Math.Clamp(bySlope, -5, 5);
            intercept += Math.Clamp(byIntercept, -5, 5);
            converged = Math.Abs(byMoved) + Math.Abs(bySlope) + Math.Abs(byIntercept) < 1e-10 * (1 + Math.Abs(moved) + Math.Abs(slope));
            closed = converged || !(Math.Abs(slope) < SteepestSlope);
            SlopeVariance = h00 / determinant;
            InterceptVariance = 1 / k00;
            (g0, g1, h00, h01, h11, k0, k00) = (0, 0, 0, 0, 0, 0, 0);
        }

        private double SlopeVariance { get; set; }

        private double InterceptVariance { get; set; }

        public readonly CalibrationFit Finish()
        {
            if (!converged)
            {
                return new CalibrationFit(double.NaN, double.NaN, double.NaN, double.NaN);
            }

            // Information counts weight; an effective row carries Σw² / Σw of it.
            double scale = squaredWeight / (positives + negatives);
            return new CalibrationFit(slope, Math.Sqrt(SlopeVariance * scale), intercept, Math.Sqrt(InterceptVariance * scale));
        }

        private static double Sigma(double z) => 1 / (1 + Math.Exp(-z));
    }
}

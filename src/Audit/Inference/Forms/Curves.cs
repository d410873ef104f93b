namespace Governance.Audit.Inference.Forms;

/// <summary>The values of curves, in double.</summary>
internal static class Curves
{
    // What ONNX Runtime takes for 0 in SOFTMAX_ZERO.
    private const double AlmostZero = 1e-7;

    /// <summary>One output of a curve.</summary>
    /// <param name="kind">The function.</param>
    /// <param name="x">Its arguments.</param>
    /// <param name="index">Which of its outputs.</param>
    /// <param name="parameters">Its constants.</param>
    public static double Evaluate(CurveKind kind, ReadOnlySpan<double> x, int index, IReadOnlyList<double> parameters) => kind switch
    {
        CurveKind.Sigmoid => Sigmoid(x[0]),
        CurveKind.Softmax => Softmax(x, index),
        CurveKind.SoftmaxZero => SoftmaxZero(x, index),
        CurveKind.LogSoftmax => -LogSumOfRatios(x, index, includeOwn: true),
        CurveKind.Probit => Math.Sqrt(2) * ErfInv((2 * x[0]) - 1),
        CurveKind.Share => Share(x, index),
        CurveKind.SoftmaxLogOdds => -LogSumOfRatios(x, index, includeOwn: false),
        CurveKind.LogOdds => LogOddsOf(x[0], parameters[0]),
        CurveKind.Exp => Math.Exp(x[0]),
        CurveKind.Log => Math.Log(x[0]),
        CurveKind.Tanh => Math.Tanh(x[0]),
        CurveKind.Relu => Math.Max(x[0], 0),
        CurveKind.Clip => Math.Min(Math.Max(x[0], parameters[0]), parameters[1]),
        CurveKind.Abs => Math.Abs(x[0]),
        CurveKind.Sqrt => Math.Sqrt(x[0]),
        CurveKind.Softplus => Math.Max(x[0], 0) + Math.Log(1 + Math.Exp(-Math.Abs(x[0]))),
        CurveKind.Power => Math.Pow(x[0], parameters[0]),
        CurveKind.Product => x[0] * x[1],
        CurveKind.Quotient => x[0] / x[1],
        CurveKind.Largest => Extreme(x, 1),
        CurveKind.Smallest => Extreme(x, -1),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>1 / (1 + exp(-x)) without overflow.</summary>
    public static double Sigmoid(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return x < 0 ? e / (1 + e) : 1 / (1 + e);
    }

    // Winitzki's approximation with a = 0.147, which ONNX Runtime uses: what is explained is the model, not the true quantile.
    private static double ErfInv(double x)
    {
        const double A = 0.147;
        double log = Math.Log((1 - x) * (1 + x));
        double v = (2 / (Math.PI * A)) + (0.5 * log);
        return Math.Sign(x) * Math.Sqrt(Math.Sqrt((v * v) - (log / A)) - v);
    }

    private static double Softmax(ReadOnlySpan<double> x, int index)
    {
        double largest = Extreme(x, 1);
        double sum = 0;
        foreach (double value in x)
        {
            sum += Math.Exp(value - largest);
        }

        return Math.Exp(x[index] - largest) / sum;
    }

    private static double SoftmaxZero(ReadOnlySpan<double> x, int index)
    {
        double largest = Extreme(x, 1);
        double sum = 0;
        foreach (double value in x)
        {
            sum += Math.Abs(value) > AlmostZero ? Math.Exp(value - largest) : 0;
        }

        double own = Math.Abs(x[index]) > AlmostZero ? Math.Exp(x[index] - largest) : x[index] * Math.Exp(-largest);
        return own / sum;
    }

    // ln Σ_j exp(x_j - x_k), with or without j = k.
    private static double LogSumOfRatios(ReadOnlySpan<double> x, int index, bool includeOwn)
    {
        double largest = double.NegativeInfinity;
        for (int j = 0; j < x.Length; j++)
        {
            largest = includeOwn || j != index ? Math.Max(largest, x[j]) : largest;
        }

        double sum = 0;
        for (int j = 0; j < x.Length; j++)
        {
            sum += includeOwn || j != index ? Math.Exp(x[j] - largest) : 0;
        }

        return largest - x[index] + Math.Log(sum);
    }

    private static double Share(ReadOnlySpan<double> x, int index)
    {
        double sum = 0;
        foreach (double value in x)
        {
            sum += Math.Abs(value);
        }

        return sum == 0 ? x[index] : x[index] / sum;
    }

    private static double LogOddsOf(double probability, double clamp)
    {
        double p = Math.Min(Math.Max(probability, clamp), 1 - clamp);
        return Math.Log(p / (1 - p));
    }

    private static double Extreme(ReadOnlySpan<double> x, int sign)
    {
        double extreme = x[0];
        foreach (double value in x)
        {
            extreme = sign > 0 ? Math.Max(extreme, value) : Math.Min(extreme, value);
        }

        return extreme;
    }
}

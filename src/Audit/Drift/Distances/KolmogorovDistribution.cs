namespace Governance.Audit.Drift.Distances;

/// <summary>The distribution of Kolmogorov's statistic of one sample, two-sided.</summary>
/// <remarks>
/// The choice of method by n and x is that of Simard and L'Ecuyer, "Computing the two-sided Kolmogorov–Smirnov
/// distribution", Journal of Statistical Software 39 (2011): twice the one-sided tail where both tails cannot be
/// reached, Durbin's matrix for few values (Marsaglia, Tsang and Wang, same journal 8, 2003), the expansion of Pelz and
/// Good (1976, JRSS B 38, 152–156) else.
/// </remarks>
internal static class KolmogorovDistribution
{
    private const int FewValues = 140;

    /// <summary>The probability that the statistic is at least <paramref name="x"/>.</summary>
    /// <param name="values">The number of values, whole, at least 1.</param>
    /// <param name="x">In [0, 1].</param>
    public static double Beyond(double values, double x)
    {
        double t = values * x;
        double square = t * x;
        return x >= 1 ? 0
            : t <= 0.5 ? 1
            : t <= 1 ? 1 - Math.Exp(LogFactorialShare(values) + (values * Math.Log((2 * t) - 1)))
            : t >= values - 1 ? 2 * Math.Pow(1 - x, values)
            : x >= 0.5 ? 2 * OneSided(values, x)
            : values <= FewValues ? (square <= 4 ? 1 - Durbin((int)values, x) : 2 * OneSided(values, x))
            : square >= 370 ? 0
            : square >= 2.2 ? Math.Min(1, 2 * OneSided(values, x))
            : Math.Clamp(1 - Below(values, x), 0, 1);
    }

    /// <summary>The one-sided tail, exactly: Smirnov's sum over the place of the first crossing.</summary>
    public static double OneSided(double values, double x)
    {
        double sum = Math.Exp(values * double.LogP1(-x));
        int last = (int)Math.Floor(values * (1 - x));
        for (int j = 1; j <= last; j++)
        {
            double place = x + (j / values);
            double rest = 1 - place;
            if (rest > 0)
            {
                sum += x / place * Binomial.At(j, values, values * place, values * rest);
            }
        }

        return Math.Min(1, sum);
    }

    private static double Below(double values, double x) =>
        values <= 100_000 && values * Math.Pow(x, 1.5) <= 1.4 ? Durbin((int)values, x) : PelzGood(values, x);

    // log n! / n^n
    private static double LogFactorialShare(double n) =>
        (0.5 * Math.Log(2 * Math.PI * n)) - n + Binomial.StirlingError(n);

    // The probability below x as an entry of a power of a matrix of ones, factorials and corner corrections.
    private static double Durbin(int n, double x)
    {
        int k = (int)(n * x) + 1;
        int size = (2 * k) - 1;
        double h = k - (n * x);
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                matrix[(i * size) + j] = i - j + 1 < 0 ? 0 : 1;
            }
        }

        for (int i = 0; i < size; i++)
        {
            matrix[i * size] -= Math.Pow(h, i + 1);
            matrix[((size - 1) * size) + i] -= Math.Pow(h, size - i);
        }

        matrix[(size - 1) * size] += (2 * h) - 1 > 0 ? Math.Pow((2 * h) - 1, size) : 0;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                for (int g = 1; g <= i - j + 1; g++)
                {
                    matrix[(i * size) + j] /= g;
                }
            }
        }

        (double entry, int exponent) = MatrixPower.Entry(matrix, size, n, k - 1);
        for (int i = 1; i <= n; i++)
        {
            entry *= (double)i / n;
            if (entry < 1e-140)
            {
                entry *= 1e140;
                exponent -= 140;
            }
        }

        return Math.Clamp(entry * Math.Pow(10, exponent), 0, 1);
    }

    // Kolmogorov's limit and three corrections in powers of n^(−1/2), as theta series that converge fast for small z.
    private static double PelzGood(double n, double x)
    {
        double z = x * Math.Sqrt(n);
        (double z2, double z4, double z6) = (z * z, Math.Pow(z, 4), Math.Pow(z, 6));
        const double pi2 = Math.PI * Math.PI;
        (double k0, double k1, double k2, double k3) = (0, 0, 0, 0);
        for (int k = 0; k <= 2 + (int)(16 * z / Math.PI); k++)
        {
            double half = k + 0.5;
            double a = pi2 * half * half;
            double weight = Math.Exp(-a / (2 * z2));
            k0 += weight;
            k1 += (a - z2) * weight;
            k2 += ((6 * z6) + (2 * z4) + (a * ((2 * z4) - (5 * z2))) + (a * a * (1 - (2 * z2)))) * weight;
            k3 += ((-30 * z6) - (90 * z6 * z2) + (a * ((135 * z4) - (96 * z6))) + (a * a * ((212 * z4) - (60 * z2)))
                + (a * a * a * (5 - (30 * z2)))) * weight;
        }

        (double second, double third) = (0, 0);
        for (int k = 1; k <= 2 + (int)(16 * z / Math.PI); k++)
        {
            double a = pi2 * k * k;
            double weight = Math.Exp(-a / (2 * z2));
            second += a * weight;
            third += ((3 * a * z2) - (a * a)) * weight;
        }

        double root = Math.Sqrt(2 * Math.PI);
        k0 *= root / z;
        k1 *= root / (6 * z4);
        k2 = (k2 * root / (72 * z6 * z)) - (second * root / (36 * z2 * z));
        k3 = (k3 * root / (6480 * z4 * z6)) + (third * root / (216 * z6));
        return k0 + (k1 / Math.Sqrt(n)) + (k2 / n) + (k3 / (n * Math.Sqrt(n)));
    }
}

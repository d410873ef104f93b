namespace Governance.Audit.Drift.Distances;

/// <summary>Powers of small matrices whose entries would leave the range of doubles.</summary>
internal static class MatrixPower
{
    private const double Large = 1e140;

    /// <summary>The entry on the diagonal of a power.</summary>
    /// <param name="matrix">Shape [size, size], not negative.</param>
    /// <param name="size">Rows.</param>
    /// <param name="power">At least 1.</param>
    /// <param name="place">The entry's row and column.</param>
    /// <returns>Entry · 10^exponent.</returns>
    public static (double Entry, int Exponent) Entry(double[] matrix, int size, int power, int place)
    {
        (double[] found, int exponent) = Raise(matrix, size, power, place);
        return (found[(place * size) + place], exponent);
    }

    private static (double[] Matrix, int Exponent) Raise(double[] matrix, int size, int power, int place)
    {
        if (power == 1)
        {
            return (matrix, 0);
        }

        (double[] half, int exponent) = Raise(matrix, size, power / 2, place);
        double[] whole = Multiply(half, half, size);
        exponent *= 2;
        whole = power % 2 == 0 ? whole : Multiply(matrix, whole, size);
        if (whole[(place * size) + place] > Large)
        {
            for (int i = 0; i < whole.Length; i++)
            {
                whole[i] /= Large;
            }

            exponent += 140;
        }

        return (whole, exponent);
    }

    private static double[] Multiply(double[] a, double[] b, int size)
    {
        double[] product = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int k = 0; k < size; k++)
            {
                double factor = a[(i * size) + k];
                for (int j = 0; factor != 0 && j < size; j++)
                {
                    product[(i * size) + j] += factor * b[(k * size) + j];
                }
            }
        }

        return product;
    }
}

using System.Numerics;

namespace Governance.Audit.Explanations.Trees;

/// <summary>The codes of rows, column by column, in a length that whole vectors may read.</summary>
internal sealed class CodedRows
{
    private readonly short[][] codes;
    private readonly bool[] missing;

    /// <summary>Codes rows first … first + count - 1 of a matrix.</summary>
    /// <param name="book">Its codes.</param>
    /// <param name="features">The matrix.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">So many rows.</param>
    /// <param name="threads">At least 1.</param>
    public CodedRows(Codebook book, FeatureMatrix features, int first, int count, int threads)
    {
        Rows = count;
        codes = new short[book.Features][];
        missing = new bool[book.Features];
        Unwrapped.For(codes.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, feature =>
        {
            short[] column = new short[count + Vector<short>.Count];
            double[] values = features.Columns[feature];
            bool some = false;
            for (int row = 0; row < count; row++)
            {
                short code = book.Code(feature, values[first + row]);
                column[row] = code;
                some |= code == 0;
            }

            codes[feature] = column;
            missing[feature] = some;
        });
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>Writes -1 for each row that passes a test and 0 for each that does not.</summary>
    /// <param name="test">The test.</param>
    /// <param name="first">The first row.</param>
    /// <param name="mask">So many rows, in whole vectors; what lies behind the last row is of no meaning.</param>
    public void Test(CodedTest test, int first, Span<short> mask)
    {
        short[] column = codes[test.Feature];
        if (test.Members is bool[] members)
        {
            for (int row = 0; row < mask.Length && first + row < column.Length; row++)
            {
                short code = column[first + row];
                mask[row] = (short)(code == 0 ? (test.MissingPasses ? -1 : 0) : members[code] ? -1 : 0);
            }

            return;
        }

        Vector<short> low = new(test.Low);
        Vector<short> high = new(test.High);
        Vector<short> negated = new((short)(test.Negated ? -1 : 0));
        Vector<short> passes = new((short)(test.MissingPasses ? -1 : 0));
        bool some = missing[test.Feature];
        for (int row = 0; row < mask.Length; row += Vector<short>.Count)
        {
            Vector<short> code = new(column, first + row);
            Vector<short> holds = Vector.BitwiseAnd(Vector.GreaterThan(code, low), Vector.LessThanOrEqual(code, high)) ^ negated;
            if (some)
            {
                holds = Vector.ConditionalSelect(Vector.Equals(code, Vector<short>.Zero), passes, holds);
            }

            holds.CopyTo(mask[row..]);
        }
    }
}

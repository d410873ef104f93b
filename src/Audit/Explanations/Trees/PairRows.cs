using Governance.Audit.Inference.Forms;

namespace Governance.Audit.Explanations.Trees;

/// <summary>Rows made ready for games of pairs.</summary>
internal static class PairRows
{
    /// <summary>All rows of a table.</summary>
    public static PairRow[] Of(ForestForms forms, CompiledForest compiled, FeatureTable table)
    {
        FeatureMatrix matrix = forms.Matrix(table);
        double[] functions = forms.Rest.Evaluate(table);
        int width = functions.Length / table.Rows;
        PairRow[] rows = new PairRow[table.Rows];
        for (int row = 0; row < rows.Length; row++)
        {
            short[][] codes = [.. compiled.Books.Select(book =>
            {
                short[] own = new short[matrix.Columns.Count];
                for (int feature = 0; feature < own.Length; feature++)
                {
                    own[feature] = book.Code(feature, matrix.Columns[feature][row]);
                }

                return own;
            })];
            rows[row] = new PairRow(codes, functions.AsSpan(row * width, width).ToArray());
        }

        return rows;
    }

    /// <summary>The rows that differ for the model, each with the weight of all that are like it, in order of first appearance.</summary>
    public static (PairRow Row, double Weight)[] Distinct(PairRow[] rows, ReadOnlySpan<double> weights)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        List<(PairRow Row, double Weight)> distinct = [];
        for (int row = 0; row < rows.Length; row++)
        {
            // Codes and the bits of the functions, as text.
            string key = string.Join(';', rows[row].Codes.Select(codes => string.Join(',', codes)))
                + '|' + string.Join(',', rows[row].Functions.Select(BitConverter.DoubleToInt64Bits));
            if (places.TryGetValue(key, out int place))
            {
                distinct[place] = (distinct[place].Row, distinct[place].Weight + weights[row]);
            }
            else if (weights[row] != 0)
            {
                places[key] = distinct.Count;
                distinct.Add((rows[row], weights[row]));
            }
        }

        return [.. distinct];
    }
}

using Governance.Audit.Data;

namespace Governance.Audit.Traffic.Chunks;

/// <summary>Columns of several chunks end to end.</summary>
internal static class JoinColumns
{
    /// <summary>Joins cells: numbers where all parts are numbers, else text as it is spelt.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="parts">Null where a part has no such column.</param>
    /// <param name="counts">Rows of each part.</param>
    public static Column Run(string name, IReadOnlyList<Column?> parts, int[] counts)
    {
        if (parts.All(part => part is null or NumberColumn))
        {
            return new NumberColumn(name, Numbers([.. parts.Select(part => ((NumberColumn?)part)?.Values.ToArray())], counts));
        }

        Dictionary<string, int> places = new(StringComparer.Ordinal);
        int[] codes = new int[counts.Sum()];
        int at = 0;
        for (int part = 0; part < parts.Count; part++)
        {
            Span<int> room = codes.AsSpan(at, counts[part]);
            at += counts[part];
            switch (parts[part])
            {
                case TextColumn text:
                    int[] codeOf = [.. text.Levels.Select(level => PlaceOf(places, level))];
                    for (int row = 0; row < room.Length; row++)
                    {
                        room[row] = text.Codes[row] < 0 ? -1 : codeOf[text.Codes[row]];
                    }

                    break;
                case NumberColumn numbers:
                    for (int row = 0; row < room.Length; row++)
                    {
                        room[row] = numbers.Text(row) is string text ? PlaceOf(places, text) : -1;
                    }

                    break;
                default:
                    room.Fill(-1);
                    break;
            }
        }

        return new TextColumn(name, codes, [.. places.OrderBy(place => place.Value).Select(place => place.Key)]);
    }

    /// <summary>Joins numbers; NaN where a part has none.</summary>
    public static double[] Numbers(IReadOnlyList<double[]?> parts, int[] counts)
    {
        double[] all = new double[counts.Sum()];
        int at = 0;
        for (int part = 0; part < parts.Count; part++)
        {
            Span<double> room = all.AsSpan(at, counts[part]);
            at += counts[part];
            if (parts[part] is double[] values)
            {
                values.CopyTo(room);
            }
            else
            {
                room.Fill(double.NaN);
            }
        }

        return all;
    }

    private static int PlaceOf(Dictionary<string, int> places, string level) =>
        places.TryGetValue(level, out int place) ? place : places[level] = places.Count;
}

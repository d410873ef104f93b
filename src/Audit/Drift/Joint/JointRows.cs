using Governance.Audit.Data;
using Governance.Audit.Drift.Distances;

namespace Governance.Audit.Drift.Joint;

/// <summary>The rows of two tables as numbers, for tests of all columns together.</summary>
/// <remarks>
/// A number is itself, its mean over the reference where missing, with a mark of that besides where any cell is; a level is one
/// number for each of the most frequent levels. Numbers are scaled to the reference's standard deviation where columns differ
/// in it by more than a factor of ten, or where there are levels: else one column would be the whole distance.
/// </remarks>
internal sealed class JointRows
{
    private const int MostLevels = 20;
    private const double MostApart = 10;

    private readonly List<string> names = [];
    private readonly List<double[]> reference = [];
    private readonly List<double[]> current = [];

    private JointRows()
    {
    }

    /// <summary>The features' names, distinct.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Whether numbers were scaled.</summary>
    public bool Scaled { get; private set; }

    /// <summary>Makes the rows.</summary>
    /// <param name="before">Reference rows.</param>
    /// <param name="now">Current rows.</param>
    /// <param name="columns">The columns and their kinds.</param>
    /// <param name="scale">Whether to scale; null to see.</param>
    public static JointRows Of(Table before, Table now, IReadOnlyList<(string Name, DriftKind Kind)> columns, bool? scale)
    {
        JointRows rows = new();
        PreparedColumn[] prepared = [.. columns.Select(column => PreparedColumn.Of(before.Need(column.Name), column.Kind))];
        double[] deviations = [.. prepared.Where(column => column.Kind != DriftKind.Categorical && column.Count > 0 && !column.IsConstant).Select(column => column.Moments.Deviation)];
        rows.Scaled = scale ?? (prepared.Any(column => column.Kind == DriftKind.Categorical)
            || (deviations.Length > 0 && deviations.Max() > MostApart * deviations.Min()));
        foreach (PreparedColumn column in prepared)
        {
            if (column.Kind == DriftKind.Categorical)
            {
                rows.AddLevels(before.Need(column.Name), now.Need(column.Name), column);
            }
            else
            {
                rows.AddNumbers(before.Need(column.Name), now.Need(column.Name), column);
            }
        }

        return rows;
    }

    /// <summary>Shape [rows, features]: chosen rows of one sample.</summary>
    public double[] Take(bool first, ReadOnlySpan<int> rows)
    {
        List<double[]> columns = first ? reference : current;
        double[] taken = new double[rows.Length * columns.Count];
        for (int row = 0; row < rows.Length; row++)
        {
            for (int column = 0; column < columns.Count; column++)
            {
                taken[(row * columns.Count) + column] = columns[column][rows[row]];
            }
        }

        return taken;
    }

    private void AddNumbers(Column before, Column now, PreparedColumn prepared)
    {
        double[] first = Cells(before, prepared.Kind);
        double[] second = Cells(now, prepared.Kind);
        NumberMoments moments = prepared.Count > 0 ? prepared.Moments : new NumberMoments(0, 0, 0, 0, 0);
        bool gaps = first.Concat(second).Any(cell => !double.IsFinite(cell));
        if (gaps)
        {
            Add($"{prepared.Name} missing", [.. first.Select(Gap)], [.. second.Select(Gap)]);
        }

        // What lies far beyond the reference is held at a hundred standard deviations, which a float and a kernel can take.
        double unit = moments.Deviation > 0 ? moments.Deviation : 1;
        Add(prepared.Name, [.. first.Select(Number)], [.. second.Select(Number)]);

        double Number(double cell)
        {
            double own = double.IsFinite(cell) ? cell : moments.Mean;
            return Scaled ? Math.Clamp((own - moments.Mean) / unit, -100, 100) : own;
        }

        static double Gap(double cell) => double.IsFinite(cell) ? 0 : 1;
    }

    private static double[] Cells(Column column, DriftKind kind)
    {
        double[] cells = new double[column.Count];
        double[]? byLevel = column is TextColumn text ? [.. text.Levels.Select(level => DriftKinds.Number(level, kind))] : null;
        for (int row = 0; row < cells.Length; row++)
        {
            cells[row] = byLevel is null ? column.Number(row) : column.IsMissing(row) ? double.NaN : byLevel[((TextColumn)column).Codes[row]];
        }

        return cells;
    }

    private void AddLevels(Column before, Column now, PreparedColumn prepared)
    {
        PreparedColumn other = PreparedColumn.Of(now, DriftKind.Categorical);
        LevelCells cells = LevelCells.Of(prepared.Levels, other.Levels);
        string[] levels = [.. Enumerable.Range(0, cells.Names.Count)
            .OrderByDescending(cell => cells.Reference[cell] + cells.Current[cell]).ThenBy(cell => cell).Take(MostLevels).Select(cell => cells.Names[cell])];
        foreach (string level in levels)
        {
            Add($"{prepared.Name} = {level}", Marks(before, level), Marks(now, level));
        }
    }

    private static double[] Marks(Column column, string level) =>
        [.. Enumerable.Range(0, column.Count).Select(row => column.Text(row) == level ? 1.0 : 0.0)];

    private void Add(string name, double[] first, double[] second)
    {
        names.Add(name);
        reference.Add(first);
        current.Add(second);
    }
}

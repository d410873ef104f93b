namespace Governance.Audit.Performance;

/// <summary>The order of rows by score, worked out once and shared by every metric that ranks.</summary>
public static class RankOrder
{
    /// <summary>The rows that have a score, lowest first. O(rows log rows).</summary>
    /// <param name="score">Shape [rows]; NaN for none.</param>
    public static int[] Ascending(ReadOnlySpan<double> score)
    {
        int count = 0;
        foreach (double value in score)
        {
            count += double.IsNaN(value) ? 0 : 1;
        }

        double[] keys = new double[count];
        int[] rows = new int[count];
        int next = 0;
        for (int row = 0; row < score.Length; row++)
        {
            if (!double.IsNaN(score[row]))
            {
                (keys[next], rows[next]) = (score[row], row);
                next++;
            }
        }

        Array.Sort(keys, rows);
        return rows;
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using Governance.Audit.Data;
using Governance.Audit.Explanations;

namespace Governance.Audit.Copies;

/// <summary>Rows on which two models are compared, drawn from data by a secret.</summary>
/// <param name="Table">The probe rows: first those as they stand in the data, then recombined ones.</param>
/// <param name="Natural">How many rows stand in the data as they are.</param>
public sealed record ProbeRows(Table Table, int Natural)
{
    /// <summary>How many rows are probed.</summary>
    public const int Count = 200;

    /// <summary>How many bytes of secret the draw takes.</summary>
    public const int SecretLength = 32;

    private const int Candidates = 4_000;

    /// <summary>Draws probe rows: 60 natural ones, 80 recombined ones, 60 recombined ones near the model's boundary.</summary>
    /// <param name="data">At least one row; of it the columns that models read.</param>
    /// <param name="secret">32 bytes: whoever does not know them cannot prepare for the rows.</param>
    /// <param name="closeness">How far each row is from the model's boundary, smaller is nearer; null where there is none.</param>
    /// <remarks>
    /// A recombined row takes every cell from a row of its own. Where the data is thin, nothing but the model's own
    /// habits decides what it says there: independent models disagree, copies follow.
    /// </remarks>
    public static ProbeRows Draw(Table data, ReadOnlySpan<byte> secret, Func<Table, double[]>? closeness)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, SecretLength);
        int natural = closeness is null ? 80 : 60;
        int[] own = Rows(data.Rows, natural, Stream(secret, 0));
        Table candidates = Recombined(data, closeness is null ? Count - natural : Candidates, secret);
        int free = closeness is null ? Count - natural : 80;
        int[] chosen = [.. Enumerable.Range(0, free)];
        if (closeness is not null)
        {
            double[] distance = closeness(candidates);

            // Of the nearest tenth a random part: the very nearest alone would be rows of one kind.
            int[] near = [.. Enumerable.Range(free, Candidates - free).OrderBy(row => distance[row]).Take(Candidates / 10)];
            int[] draw = Rows(near.Length, Count - natural - free, Stream(secret, 1));
            chosen = [.. chosen, .. draw.Select(i => near[i])];
        }

        return new ProbeRows(Joined(data.Take(own), candidates.Take(chosen)), natural);
    }

    private static Table Recombined(Table data, int rows, ReadOnlySpan<byte> secret)
    {
        List<Column> columns = [];
        for (int column = 0; column < data.Columns.Count; column++)
        {
            SeededRandom random = Stream(secret, 16 + column);
            int[] take = new int[rows];
            for (int i = 0; i < rows; i++)
            {
                take[i] = random.NextBelow(data.Rows);
            }

            columns.Add(data.Columns[column].Take(take));
        }

        return new Table(columns);
    }

    private static Table Joined(Table first, Table second) => new([.. first.Columns.Zip(second.Columns, Join)]);

    private static Column Join(Column a, Column b) => a is NumberColumn && b is NumberColumn
        ? new NumberColumn(a.Name, [.. Cells(a).Concat(Cells(b)).Select(cell => cell.Column.Number(cell.Row))])
        : TextColumn.Of(a.Name, [.. Cells(a).Concat(Cells(b)).Select(cell => cell.Column.Text(cell.Row))]);

    private static IEnumerable<(Column Column, int Row)> Cells(Column column) =>
        Enumerable.Range(0, column.Count).Select(row => (column, row));

    // Without repeats as long as there are rows.
    private static int[] Rows(int from, int count, SeededRandom random)
    {
        int[] all = [.. Enumerable.Range(0, from)];
        int[] drawn = new int[count];
        for (int i = 0; i < count; i++)
        {
            int at = i % from;
            int other = at + random.NextBelow(from - at);
            (all[at], all[other]) = (all[other], all[at]);
            drawn[i] = all[at];
        }

        return drawn;
    }

    // The generator itself is no cipher; its seeds are: HMAC under the secret, one for each stream.
    private static SeededRandom Stream(ReadOnlySpan<byte> secret, int number)
    {
        Span<byte> label = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(label, number);
        byte[] mac = HMACSHA256.HashData(secret, label);
        return new SeededRandom(BinaryPrimitives.ReadInt32LittleEndian(mac), BinaryPrimitives.ReadInt64LittleEndian(mac.AsSpan(4)));
    }
}

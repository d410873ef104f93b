using System.Text;

namespace Governance.Audit.Data;

/// <summary>Collects the cells of one column: as numbers until one is none, as text from then on.</summary>
internal sealed class ColumnBuilder
{
    private readonly string name;
    private double[] numbers = [];
    private int[] codes = [];
    private bool sawNumber;
    private readonly Dictionary<byte[], int> levels = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> lookup;
    private readonly List<string> texts = [];
    private int count;

    /// <summary>Starts an empty column.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="isText">Whether it is known to hold text.</param>
    public ColumnBuilder(string name, bool isText)
    {
        this.name = name;
        IsText = isText;
        lookup = levels.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>Whether a cell was met that is no number.</summary>
    public bool IsText { get; private set; }

    /// <summary>
    /// Whether text came after numbers: their spelling is lost (1.0 or 1), so the column must be read again as text.
    /// </summary>
    public bool NeedsReplay { get; private set; }

    /// <summary>Adds the next cell; an empty one is missing.</summary>
    public void Add(ReadOnlySpan<byte> cell)
    {
        if (NeedsReplay)
        {
            return;
        }

        if (!IsText)
        {
            double number = double.NaN;
            if (cell.IsEmpty || PlainDecimal.TryParseFaithful(cell, out number))
            {
                sawNumber |= !cell.IsEmpty;
                Grow(ref numbers);
                numbers[count++] = cell.IsEmpty ? double.NaN : number;
                return;
            }

            BecomeText();
            if (NeedsReplay)
            {
                return;
            }
        }

        Grow(ref codes);
        codes[count++] = cell.IsEmpty ? -1 : Code(cell);
    }

    /// <summary>The finished column.</summary>
    public Column Finish() => IsText
        ? new TextColumn(name, codes[..count], [.. texts])
        : new NumberColumn(name, numbers.Length == count ? numbers : numbers[..count]);

    private void BecomeText()
    {
        IsText = true;
        NeedsReplay = sawNumber;
        numbers = [];
        if (!NeedsReplay)
        {
            codes = new int[Math.Max(count, 16)];
            Array.Fill(codes, -1, 0, count);
        }
    }

    private int Code(ReadOnlySpan<byte> cell)
    {
        if (!lookup.TryGetValue(cell, out int code))
        {
            code = texts.Count;
            levels.Add(cell.ToArray(), code);
            texts.Add(Encoding.UTF8.GetString(cell));
        }

        return code;
    }

    private void Grow<T>(ref T[] array)
    {
        if (array.Length == count)
        {
            Array.Resize(ref array, Math.Max(16, count + (count / 2)));
        }
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static Utf8Comparer Instance { get; } = new();

        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] key) => GetHashCode(key.AsSpan());

        // Seeded anew in each process, so that a file cannot aim at collisions.
        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            HashCode hash = default;
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}

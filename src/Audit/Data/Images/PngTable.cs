using Governance.Audit.Data.Sources;

namespace Governance.Audit.Data.Images;

/// <summary>A table from a zip archive of PNG pictures of one size, with a CSV beside them that says what is on each.</summary>
/// <remarks>
/// Columns are those of the CSV, then one a sample, channel by channel, row by row: px_0_0, px_0_1 … of grey pictures (row, column), px_0_0_0 …
/// of others (channel, row, column). Rows are those of the CSV, whose column "file" names a picture each; without a CSV, the pictures in the order of their names.
/// </remarks>
internal static class PngTable
{
    /// <summary>The column of the CSV that names the picture.</summary>
    public const string File = "file";

    /// <summary>Whether an item is a PNG picture.</summary>
    public static bool IsPicture(ZipItem item) => PngImage.Is(item.Head);

    /// <summary>Whether these are the files of such an archive: pictures, and at most one more file whose name ends in .csv.</summary>
    public static bool Is(IReadOnlyList<ZipItem> items)
    {
        ZipItem[] others = [.. items.Where(item => !IsPicture(item))];
        return others.Length < items.Count && (others.Length == 0 || (others.Length == 1 && others[0].Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>Reads the table.</summary>
    /// <param name="zip">As <see cref="Is"/> has it.</param>
    /// <param name="rules">What a person said about columns of the CSV.</param>
    /// <param name="limits">What the data may hold.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InputException">A picture cannot be read, has another size than the first, or is not named exactly once.</exception>
    public static Table Read(ZipContent zip, IReadOnlyList<ColumnRule> rules, DataLimits limits, CancellationToken cancellationToken)
    {
        Dictionary<string, ZipItem> pictures = new(StringComparer.Ordinal);
        foreach (ZipItem item in zip.Items.Where(item => IsPicture(item) && !pictures.TryAdd(item.Name, item)))
        {
            throw new InputException($"The zip archive holds the picture '{Short(item.Name)}' twice.");
        }

        Table? labels = zip.Items.FirstOrDefault(item => !IsPicture(item)) is ZipItem csv
            ? CsvTable.Read(new DataSource(csv.Open, -1), rules, limits, cancellationToken)
            : null;
        string[] order = labels is null ? [.. pictures.Keys.Order(StringComparer.Ordinal)] : Named(labels, pictures);
        Column[] beside = [.. (labels?.Columns ?? []).Where(column => column.Name != File)];
        byte[] buffer = new byte[limits.LineBytes + 1];
        PngImage first = Picture(pictures[order[0]], buffer, limits);
        int size = first.Samples.Length;
        limits.Refuse(order.Length, 8L * size * order.Length);
        double[][] samples = [.. Enumerable.Range(0, size).Select(_ => new double[order.Length])];
        for (int row = 0; row < order.Length; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PngImage picture = row == 0 ? first : Picture(pictures[order[row]], buffer, limits);
            if ((picture.Width, picture.Height, picture.Channels) != (first.Width, first.Height, first.Channels))
            {
                throw new InputException(
                    $"The pictures differ in size: '{Short(order[0])}' has {Words(first)}, '{Short(order[row])}' has {Words(picture)}.");
            }

            for (int i = 0; i < size; i++)
            {
                samples[((i % first.Channels) * first.Width * first.Height) + (i / first.Channels)][row] = picture.Samples[i];
            }
        }

        ColumnNames names = new(limits, null);
        names.RefuseMore(beside.Length + size);
        Column[] all = [.. beside, .. samples.Select((values, place) => new NumberColumn(Name(first, place), values))];
        foreach (Column column in all)
        {
            names.Accept(column.Name);
        }

        return new Table(all, new RowOrigins(null, null, -1));
    }

    private static string[] Named(Table labels, Dictionary<string, ZipItem> pictures)
    {
        Column files = labels.Find(File) ?? throw new InputException($"The CSV beside the pictures has no column '{File}' that names them.") { Column = File };
        HashSet<string> seen = new(StringComparer.Ordinal);
        string[] order = new string[labels.Rows];
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = files.Text(row) ?? "";
            string? refusal = !pictures.ContainsKey(order[row]) ? "there is no such picture in the archive" : !seen.Add(order[row]) ? "it stands there twice" : null;
            if (refusal is not null)
            {
                throw new InputException($"{labels.Place(row)} of the CSV beside the pictures names '{Short(order[row])}', but {refusal}.") { Column = File, Line = labels.Line(row) };
            }
        }

        return pictures.Keys.FirstOrDefault(name => !seen.Contains(name)) is string left
            ? throw new InputException($"The picture '{Short(left)}' is not named in the CSV beside it.")
            : order.Length > 0 ? order : throw new InputException("The CSV beside the pictures has no rows.");
    }

    private static PngImage Picture(ZipItem item, byte[] buffer, DataLimits limits)
    {
        using Stream stream = item.Open();
        int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        try
        {
            return length > limits.LineBytes
                ? throw PngImage.Fault($"has more than {limits.LineBytes:N0} bytes")
                : PngImage.Read(buffer.AsSpan(0, length), limits.Columns);
        }
        catch (InputException fault)
        {
            throw new InputException($"'{Short(item.Name)}': {char.ToLowerInvariant(fault.Message[0])}{fault.Message[1..]}", fault);
        }
    }

    private static string Name(PngImage picture, int place)
    {
        int pixels = picture.Width * picture.Height;
        string at = $"{place % pixels / picture.Width}_{place % picture.Width}";
        return picture.Channels == 1 ? $"px_{at}" : $"px_{place / pixels}_{at}";
    }

    private static string Words(PngImage picture) => $"{picture.Width} × {picture.Height} pixels of {picture.Channels} {(picture.Channels == 1 ? "channel" : "channels")}";

    private static string Short(string name) => DataFault.Shorten(name);
}

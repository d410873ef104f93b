using System.Globalization;
using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Audit.Encodings;

namespace Governance.Audit.Serving;

/// <summary>Makes readable rows of tensors: of columns by their names, or of the model's own inputs.</summary>
/// <remarks>
/// A tensor of the model is accepted only where a readable row stands behind each of its rows: the row is read back by the version's
/// encoding, encoded again, and must give the very same elements. So whatever judges readable rows (which are legal, which cost,
/// which look like theft) judges tensors too, and nothing reaches the model that could not have been asked in words.
/// </remarks>
public static class TensorRows
{
    /// <summary>Makes the rows.</summary>
    /// <param name="form">What rows of the model look like.</param>
    /// <param name="tensors">One a column, or one an input; columns that only the decision reads may stand beside the model's inputs.</param>
    /// <exception cref="InputException">A tensor is missing, unknown, twice or of another shape, or stands for no readable row.</exception>
    public static Table Read(RowForm form, IReadOnlyList<NamedTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(tensors);
        Dictionary<string, NamedTensor> byName = new(StringComparer.Ordinal);
        foreach (NamedTensor tensor in tensors)
        {
            if (!byName.TryAdd(tensor.Name, tensor))
            {
                throw new InputException($"The input '{tensor.Name}' is there twice.");
            }

            if (tensor.Rows != tensors[0].Rows)
            {
                throw new InputException($"The input '{tensor.Name}' has {tensor.Rows} rows, '{tensors[0].Name}' has {tensors[0].Rows}: the first dimension counts rows.");
            }
        }

        HashSet<string> columns = [.. form.Columns];
        bool readable = byName.Keys.All(columns.Contains);
        IReadOnlyList<EncodedInput> inputs = form.Encoder.Inputs;
        if (!readable && byName.Keys.FirstOrDefault(name => !columns.Contains(name) && inputs.All(input => input.Name != name)) is string unknown)
        {
            throw new InputException($"The model has no input '{unknown}'. {Wanted(form)}");
        }

        Table rows = readable ? Columns(form.Columns, byName, form) : DecodeTensors.Run(form.Encoder, byName, form);
        string[] more = [.. form.Columns.Where(column => rows.Find(column) is null)]; // which only the decision reads
        return more.Length == 0 ? rows : new Table([.. rows.Columns, .. Columns(more, byName, form).Columns]);
    }

    /// <summary>What may be sent, as a sentence.</summary>
    internal static string Wanted(RowForm form)
    {
        string[] names = [.. form.Encoder.Inputs.Select(input => $"'{input.Name}'")];
        string[] columns = [.. form.Columns.Select(column => $"'{column}'")];
        return $"Send its tensors {string.Join(", ", names)}, or its columns {string.Join(", ", columns.Take(20))}{(columns.Length > 20 ? ", …" : "")}.";
    }

    /// <summary>The shortest decimal that stands for a number of single precision: 0.1 and not 0.10000000149011612.</summary>
    internal static double Shortest(float number) =>
        float.IsFinite(number) ? double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : number;

    private static Table Columns(IReadOnlyList<string> columns, Dictionary<string, NamedTensor> tensors, RowForm form) => new(
    [
        .. columns.Select(column => tensors.TryGetValue(column, out NamedTensor? tensor)
            ? tensor.Width == 1 || tensor.Rows == 0 ? ColumnOf(tensor)
                : throw new InputException($"The column '{column}' has {tensor.Width} elements a row; a column has one: its shape is [rows] or [rows, 1].") { Column = column }
            : throw new InputException($"The request has no input '{column}', which the model needs. {Wanted(form)}") { Column = column }),
    ]);

    private static Column ColumnOf(NamedTensor tensor) => tensor.Values switch
    {
        float[] numbers => new NumberColumn(tensor.Name, [.. numbers.Select(Shortest)]),
        double[] numbers => new NumberColumn(tensor.Name, [.. numbers]),
        long[] numbers when numbers.All(number => Math.Abs((double)number) <= 1L << 53) => new NumberColumn(tensor.Name, [.. numbers.Select(number => (double)number)]),
        long[] numbers => TextColumn.Of(tensor.Name, [.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))]),
        bool[] flags => TextColumn.Of(tensor.Name, [.. flags.Select(flag => flag ? "true" : "false")]),
        string[] texts => TextColumn.Of(tensor.Name, [.. texts.Select(text => text.Length == 0 ? null : text)]), // empty: a missing cell
        _ => throw new ArgumentException($"A tensor of {tensor.Values.GetType()} is not known.", nameof(tensor)),
    };
}

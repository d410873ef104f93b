using System.Globalization;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Inference;

namespace Governance.Audit.Explanations.References;

/// <summary>What stands for unknown features.</summary>
/// <param name="Background">The reference rows, encoded.</param>
/// <param name="Weights">Shape [reference rows]; null for equal weights.</param>
/// <param name="OwnGroups">Where each row is compared with its own group alone; else null.</param>
/// <param name="Name">"background", "mean", "zero", "blur", "blur:R", "mask", "token:ID", "row:i" or "own:COLUMN".</param>
public sealed record ReferenceChoice(
    InputBatch Background, IReadOnlyList<double>? Weights, OwnGroups? OwnGroups, string Name)
{
    /// <summary>All reference rows.</summary>
    public const string Everyone = "background";

    private const string Row = "row:";
    private const string Own = "own:";
    private const string Blur = "blur";
    private const string Token = "token:";

    /// <summary>Narrows reference rows to what a name says.</summary>
    /// <param name="reference">One of the names, see <see cref="Name"/>; null for all of them.</param>
    /// <param name="background">All reference rows, encoded.</param>
    /// <param name="weights">Shape [reference rows]; null for equal weights.</param>
    /// <param name="encoder">What the encoded elements mean.</param>
    /// <param name="readable">All reference rows, readable.</param>
    /// <param name="explained">The rows explained.</param>
    /// <exception cref="InputException">The name says nothing, or nothing that exists.</exception>
    public static ReferenceChoice Of(
        string? reference, InputBatch background, IReadOnlyList<double>? weights, RowEncoder encoder, Table readable, ExplainedRows explained) => reference switch
    {
        null or Everyone => new ReferenceChoice(background, weights, null, Everyone),
        "mean" => new ReferenceChoice(ReferenceRow.Mean(background, weights, encoder.Slots), null, null, reference),
        "zero" => new ReferenceChoice(ReferenceRow.Zero(background), null, null, reference),
        "mask" => new ReferenceChoice(MaskedTokens.Named(ReferenceRow.Mean(background, weights, encoder.Slots), encoder), null, null, reference),
        _ when reference.StartsWith(Token, StringComparison.Ordinal) =>
            new ReferenceChoice(MaskedTokens.Of(ReferenceRow.Mean(background, weights, encoder.Slots), reference[Token.Length..]), null, null, reference),
        _ when reference == Blur || reference.StartsWith(Blur + ":", StringComparison.Ordinal) =>
            Blurred(reference, ReferenceRow.Mean(background, weights, encoder.Slots), explained),
        _ when reference.StartsWith(Row, StringComparison.Ordinal) => Single(reference, background),
        _ when reference.StartsWith(Own, StringComparison.Ordinal) =>
            new ReferenceChoice(background, weights, Groups(reference, readable, explained.Readable, explained.Numbers), reference),
        _ => throw new InputException($"The reference is mean, zero, blur, blur:R, mask, token:ID, row:i or own:COLUMN, not '{reference}'."),
    };

    private static ReferenceChoice Single(string reference, InputBatch background)
    {
        if (!int.TryParse(reference[Row.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int row))
        {
            throw new InputException($"The reference row:i takes a row number counted from 0, such as row:5; '{reference}' has none.");
        }

        return row < background.Rows
            ? new ReferenceChoice(background.Slice(row, 1), null, null, reference)
            : throw new InputException($"There is no reference row {row}; there are {background.Rows}, counted from 0.");
    }

    // Each row has a reference row of its own: itself, smoothed.
    private static ReferenceChoice Blurred(string reference, InputBatch mean, ExplainedRows explained)
    {
        int radius = 0;
        if (reference != Blur && !(int.TryParse(reference[(Blur.Length + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out radius) && radius is > 0 and <= PlayerSpec.Most))
        {
            throw new InputException($"The reference blur:R takes how many pixels or steps to each side are averaged, such as blur:2; '{reference}' has none.");
        }

        int[] own = [.. Enumerable.Range(0, explained.Encoded.Rows)];
        InputBatch smooth = BlurredRows.Of(explained.Encoded, mean, explained.Players, radius == 0 ? null : radius);
        return new ReferenceChoice(smooth, null, new OwnGroups(own, own), reference);
    }

    private static OwnGroups Groups(string reference, Table readable, Table rows, IReadOnlyList<int> numbers)
    {
        string name = reference[Own.Length..];
        Column own = rows.Find(name) ?? throw new InputException($"The data has no column '{name}' for the reference {reference}.") { Column = name };
        Column others = readable.Find(name)
            ?? throw new InputException($"The background has no column '{name}' for the reference {reference}.") { Column = name };
        Dictionary<string, int> groups = new(StringComparer.Ordinal);
        int[] belongs = new int[readable.Rows];
        for (int row = 0; row < belongs.Length; row++)
        {
            string group = others.Text(row) ?? "";
            if (!groups.TryGetValue(group, out belongs[row]))
            {
                groups.Add(group, belongs[row] = groups.Count);
            }
        }

        int[] wanted = new int[rows.Rows];
        for (int row = 0; row < wanted.Length; row++)
        {
            wanted[row] = groups.TryGetValue(own.Text(row) ?? "", out int group)
                ? group
                : throw new InputException($"No reference row has {name} = '{own.Text(row)}', as row {numbers[row]} of the data has.") { Column = name };
        }

        return new OwnGroups(wanted, belongs);
    }
}

/// <summary>The rows explained, as far as a reference depends on them.</summary>
/// <param name="Readable">Their readable cells.</param>
/// <param name="Encoded">The same rows, encoded.</param>
/// <param name="Numbers">Their numbers in the data, for the sentences.</param>
/// <param name="Players">Which parts of pictures and sequences are players; null for features.</param>
public sealed record ExplainedRows(Table Readable, InputBatch Encoded, IReadOnlyList<int> Numbers, PlayerSpec? Players);

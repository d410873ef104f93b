using Governance.Audit.Cohorts;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;
using Governance.Portal.CommandLine;

namespace Governance.Portal.Features.Profiles;

/// <summary>What <c>governance pdp</c> reads from files: the rows and the axes.</summary>
internal sealed record ProfileInputs(
    RowEncoder Encoder, InputBatch Encoded, int[] RowIndices, double[]? Weights, IReadOnlyList<ProfileAxis> Axes)
{
    /// <summary>The most rows averaged over where nothing else is asked for: enough for intervals of a few percent.</summary>
    public const int DefaultRows = 1_000;

    /// <summary>Refuses numbers out of range before anything is read.</summary>
    /// <exception cref="InputException">One of them is.</exception>
    public static void CheckOptions(CommandContext context)
    {
        int columns = DataFile.Names(context.Arguments.GetValue(ProfileCommand.Features)).Count;
        double level = context.Arguments.GetValue(ProfileCommand.Level);
        string kind = context.Arguments.GetValue(ProfileCommand.Kind)!;
        string? fault = context.Arguments.GetValue(ProfileCommand.Rows) < 1 ? "--rows takes a whole number of at least 1."
            : context.Arguments.GetValue(ProfileCommand.Bootstrap) is < 1 or > 100_000 ? "--bootstrap takes 1 to 100,000 resamples."
            : !(level > 0 && level < 1) ? "--level takes a number between 0 and 1."
            : columns is < 1 or > 2 ? "--features takes one column or two, such as age or age,income."
            : columns == 2 && kind == "ice" ? "--kind ice follows single rows along one column; --features names two."
            : kind != "ice" && context.Arguments.GetValue(ProfileCommand.Centred) ? "--centred belongs to --kind ice."
            : kind == "ale" && context.Arguments.GetValue(ProfileCommand.Spacing) != "quantile" ? "--kind ale has its points at quantiles, so that every interval holds rows; leave --spacing out."
            : null;
        if (fault is not null)
        {
            throw new InputException(fault);
        }
    }

    /// <summary>Reads all files that the command line names.</summary>
    /// <exception cref="InputException">A file cannot be read, or they do not fit each other and the model.</exception>
    public static async Task<ProfileInputs> ReadAsync(CommandContext context, ModelSignature signature, CancellationToken cancellationToken)
    {
        ModelEncoding? encoding = context.Encoding is null ? null : ModelEncoding.Read(await UserFiles.ReadAsync(context.Encoding, cancellationToken));
        Table data = await Task.Run(() => DataFile.Read(context, context.Arguments.GetValue(ProfileCommand.Data)!, cancellationToken), cancellationToken);
        string? weights = context.Arguments.GetValue(ProfileCommand.Weights);
        string[]? columns = context.Arguments.GetValue(ProfileCommand.Columns)?.Split(',', StringSplitOptions.TrimEntries);
        if (columns is not null && encoding is not null)
        {
            context.Warn(new AuditWarning("columns-not-used", "--columns is not used, because the encoding names the columns."));
        }

        if (columns is null && encoding is null && weights is not null && data.Find(weights) is not null)
        {
            columns = [.. data.Columns.Select(column => column.Name).Where(name => name != weights)];
        }

        int[] rows = SampleRows.Draw(
            context.Where is string where ? Cohort.Parse(where).Rows(data) : [.. Enumerable.Range(0, data.Rows)],
            context.Arguments.GetValue(ProfileCommand.Rows), context.Seed);
        if (rows.Length == 0)
        {
            throw new InputException(data.Rows == 0 ? "The data has no rows." : "No row of the data belongs to the cohort of --where.");
        }

        RowEncoder encoder = RowEncoder.For(signature, encoding, data, columns);
        Table table = data.Take(rows);
        InputBatch encoded = encoder.Encode(table);
        AxisOptions options = new()
        {
            Points = context.Arguments.GetValue(ProfileCommand.Grid),
            Spacing = context.Arguments.GetValue(ProfileCommand.Spacing)!,
            Order = context.Arguments.GetValue(ProfileCommand.Order)!,
        };
        ProfileAxis[] axes =
        [
            .. DataFile.Names(context.Arguments.GetValue(ProfileCommand.Features)).Select(name =>
                LayAxis.Make(ReadableColumn.Of(encoder, table, encoded, name), encoder, table, options, context.Warn)),
        ];
        return new ProfileInputs(encoder, encoded, rows, weights is null ? null : RowWeights.Read(table, weights), axes);
    }
}

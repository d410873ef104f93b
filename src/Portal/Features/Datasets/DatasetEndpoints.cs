using System.Text;
using Governance.Audit.Data;
using Governance.Audit.Data.Schemas;
using Governance.Registry.Datasets;

namespace Governance.Portal.Features.Datasets;

/// <summary>Downloads of a data set's page: counts, never rows.</summary>
internal static class DatasetEndpoints
{
    /// <summary>Maps them; whoever may see the page may have the file.</summary>
    public static void MapDatasets(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/datasets/{name}/columns.csv", ColumnsAsync).RequireAuthorization();

    private static async Task<IResult> ColumnsAsync(
        string name, HttpContext http, ReadDatasets datasets, DatasetProfiles profiles, CancellationToken cancellationToken)
    {
        (_, IReadOnlyList<Dataset> all) = await datasets.ListAsync(http.User, cancellationToken);
        if (all.FirstOrDefault(each => each.Name == name) is not Dataset dataset)
        {
            return Results.NotFound();
        }

        DatasetProfile profile = await profiles.MeasureAsync(dataset, DatasetProfiles.Related(dataset, all), cancellationToken);
        StringBuilder text = new();
        using StringWriter target = new(text);
        CsvWriter csv = new(target);
        csv.Row("column", "kind", "role", "means_missing", "missing", "distinct", "found");
        foreach ((DatasetColumn column, ColumnSummary summary) in dataset.Columns.Zip(profile.Columns))
        {
            csv.Row(
                column.Name, column.Kind.ToString().ToLowerInvariant(), column.Role.ToString().ToLowerInvariant(), ColumnWords.Join(column.Missing),
                CsvWriter.Number(summary.Missing), CsvWriter.Number(summary.Distinct), ColumnWords.Found(summary));
        }

        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", $"{dataset.Name}-columns.csv");
    }
}

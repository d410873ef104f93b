using System.Security.Cryptography;
using System.Text;
using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Traffic;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Protection;

namespace Governance.Audit.Serving;

/// <summary>Hands answered rows to the store of traffic, and copies of them to shadow deployments. Never waits.</summary>
/// <remarks>
/// Traffic of a deployment is what consumers and programs ask of its version, and whatever was asked of the model without naming a
/// version; what those ask who build and judge a version is none. A row's id is the request's, with the row's place behind it where
/// there are several.
/// </remarks>
public sealed class ServedTraffic(
    ITrafficSink sink, LiveDeployments deployments, ShadowTraffic shadows, AnswerDigests digests, TimeProvider clock)
{
    /// <summary>Notes an answered request.</summary>
    /// <param name="asked">The request.</param>
    /// <param name="rows">What the model said.</param>
    /// <param name="time">How long the answer took.</param>
    /// <param name="cancellationToken">Ends reading what is deployed.</param>
    internal async ValueTask NoteAsync(AskedRows asked, ComputedRow[] rows, TimeSpan time, CancellationToken cancellationToken)
    {
        if (asked.Request.Kind != QueryKind.Predict || (asked.Request.Deployment is null && asked.Grant.Access.Decision.By != Role.Consumer))
        {
            return;
        }

        IReadOnlyList<DeploymentView> live = await deployments.OfAsync(asked.Model.Id, cancellationToken);
        DeploymentView? own = live.FirstOrDefault(view => view.Deployment.Version == asked.Version.Id && view.Deployment.Role.Answers()
            && (asked.Request.Deployment is null || asked.Request.Deployment == view.Deployment.Id));
        if (own is null)
        {
            return;
        }

        string request = asked.Request.RequestId ?? Guid.CreateVersion7().ToString();
        string[] ids = [.. Enumerable.Range(0, rows.Length).Select(row => IdOf(request, row, rows.Length))];
        DateTimeOffset now = clock.GetUtcNow();
        for (int row = 0; row < rows.Length; row++)
        {
            sink.TryAppend(Served(own.Deployment.Id, ids[row], now, asked.Rows, row, rows[row], time));
        }

        double point = TrafficSplit.Point(await digests.OfAsync("shadow-split/1", Encoding.UTF8.GetBytes(request), cancellationToken));
        foreach (DeploymentView shadow in TrafficSplit.Shadows(live.Where(view => view.Deployment.Environment == own.Deployment.Environment), point))
        {
            shadows.Take(new ShadowRequest(shadow, asked.Grant.Choices.Policy, asked.Rows, ids, now));
        }
    }

    /// <summary>A row as the store of traffic takes it.</summary>
    internal static ServedRow Served(DeploymentId deployment, string id, DateTimeOffset at, Table rows, int row, ComputedRow computed, TimeSpan time) => new(
        deployment, id, at, rows.Columns.ToDictionary(column => column.Name, column => CellOf(column, row), StringComparer.Ordinal))
    {
        Scores = computed.Prediction switch
        {
            { Classes: { } classes, Probabilities: { } scores } => classes.Zip(scores).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal),
            { Value: double value } => new Dictionary<string, double>(StringComparer.Ordinal) { [ServedOutput.Value] = value },
            _ => null,
        },
        Decision = computed.Prediction.Label,
        LatencyMs = time.TotalMilliseconds,
    };

    private static object? CellOf(Column column, int row) =>
        column.IsMissing(row) ? null : column is NumberColumn numbers ? numbers.Values[row] : column.Text(row);

    private static string IdOf(string request, int row, int rows)
    {
        string id = rows == 1 ? request : $"{request}/{row}";
        return id.Length is > 0 and <= TrafficBatch.MaxIdLength ? id : $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(request)))}/{row}";
    }
}

using Governance.Registry.Datasets;
using Governance.Registry.Deployments;
using Governance.Registry.Ledger;
using Governance.Registry.Models;

namespace Governance.Registry.Retention;

/// <summary>What retention and holds are about.</summary>
public enum RetainedKind
{
    Model,
    Dataset,

    /// <summary>The raw traffic of a deployment.</summary>
    Deployment,
}

/// <summary>A model with all its versions, a data set, or the raw traffic of a deployment.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Id">Its id.</param>
public readonly record struct RetainedItem(RetainedKind Kind, Guid Id)
{
    /// <summary>As the ledger names it.</summary>
    public LedgerSubject Subject => new(
        Kind switch
        {
            RetainedKind.Model => LedgerSubject.Model,
            RetainedKind.Dataset => LedgerSubject.Dataset,
            RetainedKind.Deployment => LedgerSubject.Deployment,
            _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, null),
        },
        Id.ToString());

    /// <summary>A model.</summary>
    public static RetainedItem Of(ModelId model) => new(RetainedKind.Model, model.Value);

    /// <summary>A data set.</summary>
    public static RetainedItem Of(DatasetId dataset) => new(RetainedKind.Dataset, dataset.Value);

    /// <summary>The raw traffic of a deployment.</summary>
    public static RetainedItem Of(DeploymentId deployment) => new(RetainedKind.Deployment, deployment.Value);
}

using Governance.Registry.Datasets;
using Governance.Registry.Ledger;
using Governance.Registry.Models;

namespace Governance.Registry.Retention;

/// <summary>What retention and holds are about.</summary>
public enum RetainedKind
{
    Model,
    Dataset,
}

/// <summary>A model with all its versions, or a data set.</summary>
/// <param name="Kind">Which of the two.</param>
/// <param name="Id">Its id.</param>
public readonly record struct RetainedItem(RetainedKind Kind, Guid Id)
{
    /// <summary>As the ledger names it.</summary>
    public LedgerSubject Subject => new(
        Kind == RetainedKind.Model ? LedgerSubject.Model : LedgerSubject.Dataset, Id.ToString());

    /// <summary>A model.</summary>
    public static RetainedItem Of(ModelId model) => new(RetainedKind.Model, model.Value);

    /// <summary>A data set.</summary>
    public static RetainedItem Of(DatasetId dataset) => new(RetainedKind.Dataset, dataset.Value);
}

using Governance.Audit.Inference;

namespace Governance.Audit.Explanations;

/// <summary>The model as an explainer sees it: rows in, outputs in the units of the link out.</summary>
/// <param name="rows">At least one row.</param>
/// <param name="cancellationToken">Ends a run in progress.</param>
/// <returns>Shape [rows, outputs] row-major. Safe to call from several threads; a row's outputs depend on that row alone.</returns>
public delegate double[] ScoreRows(InputBatch rows, CancellationToken cancellationToken);

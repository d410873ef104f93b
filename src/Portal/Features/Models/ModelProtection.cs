using Governance.Registry.Access;
using Governance.Registry.Alarms;
using Governance.Registry.Models;
using Governance.Registry.Protection;

namespace Governance.Portal.Features.Models;

/// <summary>How a model is kept from being copied through its answers.</summary>
/// <param name="Throttle">How far it answers at all.</param>
/// <param name="OwnPolicy">Whether it has an output policy of its own.</param>
/// <param name="Alarms">Alarms that hold, as far as they concern the person who looks.</param>
/// <param name="MonthUnits">Units spent by everybody in the last 30 days.</param>
/// <param name="LifetimeUnits">Units spent ever.</param>
internal sealed record ModelProtection(Throttle Throttle, bool OwnPolicy, int Alarms, long MonthUnits, long LifetimeUnits);

/// <summary>Reads the protection of the models that a person sees in full.</summary>
internal sealed class ReadModelProtection(ProtectionQueries protection, AlarmQueries alarms)
{
    /// <summary>By the model's name.</summary>
    public async Task<IReadOnlyDictionary<string, ModelProtection>> OfAsync(UserId viewer, IEnumerable<Model> models, CancellationToken cancellationToken)
    {
        ILookup<string, AlarmView> open = (await alarms.VisibleToAsync(viewer, cancellationToken)).Where(alarm => alarm.IsOpen).ToLookup(alarm => alarm.ModelName);
        Dictionary<string, ModelProtection> found = new(StringComparer.Ordinal);
        foreach (Model model in models)
        {
            ProtectionChoices choices = await protection.ChoicesAsync(model.Id, viewer, cancellationToken);
            BudgetSums sums = (await protection.HoldersAsync(model.Id, cancellationToken)).FirstOrDefault(use => use.Holder.Id == model.Id.Value)?.Sums ?? BudgetSums.None;
            found[model.Name] = new ModelProtection(choices.Throttle, choices.Policy is not null, open[model.Name].Count(), sums.Month, sums.Lifetime);
        }

        return found;
    }
}

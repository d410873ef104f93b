using Governance.Audit.Data;
using Governance.Audit.Registrations;
using Governance.Registry.Access;
using Governance.Registry.Annotations;
using Governance.Registry.Ledger;
using Governance.Registry.Storage;
using Governance.Registry.Uploads;
using Governance.Registry.Versions;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>What a client asks to become a version.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Source">Where its files lie.</param>
/// <param name="Note">What is new in it; null for nothing.</param>
/// <param name="Annotations">Tags, origin, a long description.</param>
internal sealed record FolderWish(string Model, string Source, string? Note, IReadOnlyList<NewAnnotation> Annotations);

/// <summary>
/// Makes a version of a folder that its owner sent: the ONNX file, and the encoding beside it where there is one. The same
/// road as every registration; what becomes a version leaves the folders.
/// </summary>
internal sealed class RegisterModelFolder(AdmitVersion admit, StagedUploads uploads)
{
    /// <summary>Names of files beside a model that are read as its encoding, the first that is there.</summary>
    public static readonly IReadOnlyList<string> EncodingNames = ["governance-manifest.json", "manifest.json"];

    /// <summary>Registers.</summary>
    /// <exception cref="InputException">The source names no folder with one model, or the file or its encoding is refused.</exception>
    public async Task<RegisterVersionOutcome> RunAsync(Actor actor, FolderWish wish, HostString host, CancellationToken cancellationToken)
    {
        UserId owner = actor.User ?? throw new ArgumentException("A version needs an author.", nameof(actor));
        string place = ProxyPath.OfSource(wish.Source, host);
        string folder = UploadRules.IsModel(place) && place.Contains('/', StringComparison.Ordinal) ? place[..place.LastIndexOf('/')] : place;
        UploadState[] files = [.. place.Length == 0 ? [] : uploads.Below(owner, folder).Where(file => !RunFolder.IsDescription(file.Upload.Path!))];
        UploadState model = await ModelOf(owner, place, folder, files, cancellationToken);
        string beside = model.Upload.Path![..model.Upload.Path!.LastIndexOf('/')];
        UploadState? described = EncodingNames.Select(name => files.FirstOrDefault(file => file.Upload.Path == $"{beside}/{name}"))
            .FirstOrDefault(file => file is not null);
        byte[]? encoding = described is null ? null : await uploads.ReadAsync(owner, described.Upload.Id, cancellationToken);
        byte[] file = await uploads.ReadAsync(owner, model.Upload.Id, cancellationToken) ?? throw Gone();
        try
        {
            RegisterVersionOutcome outcome = await admit.RunAsync(
                actor, wish.Model, file, encoding, wish.Note, [], signature: null, wish.Annotations, cancellationToken);
            if (outcome is RegisterVersionOutcome.Registered)
            {
                // Of a folder everything; of a file that was named, it and its encoding: others may wait beside it.
                foreach (UploadState sent in place == folder ? files : [model, .. described is null ? [] : new[] { described }])
                {
                    uploads.Delete(owner, sent.Upload.Id);
                }
            }

            return outcome;
        }
        catch (Exception fault) when (StorageFault.SentenceOf(fault) is string sentence)
        {
            return new RegisterVersionOutcome.Refused(new Refusal("no-room", sentence));
        }
    }

    private async Task<UploadState> ModelOf(
        UserId owner, string place, string folder, UploadState[] files, CancellationToken cancellationToken)
    {
        UploadState[] models = [.. files.Where(file => UploadRules.IsModel(file.Upload.FileName))];
        if (models.FirstOrDefault(file => file.Upload.Path == place) is UploadState named)
        {
            return named;
        }

        if (models.Length == 1)
        {
            return models[0];
        }

        if (models.Length > 1 && files.FirstOrDefault(file => file.Upload.Path == $"{folder}/{ProxyPath.DescriptionFile}") is UploadState description
            && await uploads.ReadAsync(owner, description.Upload.Id, cancellationToken) is byte[] text
            && MlmodelFile.OnnxDataOf(text) is string data && models.FirstOrDefault(file => file.Upload.Path == $"{folder}/{data}") is UploadState chosen)
        {
            return chosen;
        }

        throw new InputException(files.Length == 0
            ? $"No file of yours lies at '{place}'. Files are kept for a day until a version is made of them, and only their sender can do that."
            : models.Length == 0
            ? $"There is no ONNX file at '{place}', only {string.Join(", ", files.Take(8).Select(file => file.Upload.FileName))}. A model is one file named .onnx: log it with the ONNX flavour."
            : $"There are {models.Length} ONNX files at '{place}'. Name one of them as the source, or send the MLmodel file that says which.");
    }

    private static InputException Gone() => new("The model file was removed while the version was made. Send it again.");
}
